package io.raddle.broadcast;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.shared.Broadcast;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A broadcast as a task has it. Holds on to the value once it was asked for, as long as the task does. */
final class ReceivedBroadcast<T> implements Broadcast<T> {
    private static final long serialVersionUID = 1;

    private final BroadcastName name;
    private final transient Optional<BroadcastScope> scope;
    private transient volatile @Nullable Held held;

    /** A value, which may be null. */
    private record Held(@Nullable Object value) {}

    ReceivedBroadcast(BroadcastName name, Optional<BroadcastScope> scope) {
        this.name = name;
        this.scope = scope;
    }

    @Override
    public int id() {
        return name.number();
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // T may be a type that has null
    public T value() {
        Held known = held;
        if (known == null) {
            known = new Held(scope.orElseThrow(() -> refused("was used outside of a task", "Use it inside of tasks."))
                    .value(name));
            held = known;
        }
        return (T) known.value();
    }

    @Override
    public void unpersist() {
        throw refused("was unpersisted by a task", "Call unpersist() in the program.");
    }

    @Override
    public void destroy() {
        throw refused("was destroyed by a task", "Call destroy() in the program.");
    }

    private RaddleException refused(String what, String remedy) {
        return new RaddleException(new Cause.InvalidInput("The " + name + " " + what + ".", remedy));
    }

    private Object writeReplace() {
        return new BroadcastHandle(name, null);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
