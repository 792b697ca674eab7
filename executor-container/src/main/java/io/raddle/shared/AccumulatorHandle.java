package io.raddle.shared;

import io.raddle.scope.CurrentTask;
import java.io.Serializable;

/** What travels in place of a registered accumulator; becomes the zero of the task that it arrives in. */
final class AccumulatorHandle implements Serializable {
    private static final long serialVersionUID = 1;

    private final int id;
    private final String name;
    private final Accumulator<?, ?> zero;

    AccumulatorHandle(int id, String name, Accumulator<?, ?> zero) {
        zero.tie(new Accumulator.Tie.Travelling());
        this.id = id;
        this.name = name;
        this.zero = zero;
    }

    private Object readResolve() {
        zero.tie(new Accumulator.Tie.OfTask(id, name));
        return CurrentTask.as(AccumulatorScope.class)
                .<Object>map(scope -> scope.local(id, zero))
                .orElse(zero);
    }
}
