package io.raddle.shared;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What tasks add to and the program reads. {@code Session.register} makes it known; a function that captures it adds to
 * a zero of its task's own, and what a task added counts when the task has succeeded: once for each partition of each
 * stage, also when attempts are repeated, when a lost output is computed again or when two attempts race. Here Spark may
 * count twice. An action that runs a second time is another stage and counts again, as in Spark.
 *
 * <p>Extend it for sums of your own. Methods are called by one thread at a time in tasks; the program must not call
 * {@link #add} and {@link #value()} from several threads at once. Fields travel by Java serialization.
 *
 * @param <IN> what is added
 * @param <OUT> what it comes to
 */
public abstract class Accumulator<IN, OUT> implements Serializable {
    private static final long serialVersionUID = 1;

    private transient @Nullable Tie tie;

    /** What an accumulator belongs to; none before it is registered. */
    sealed interface Tie {
        /** Known to a driver. */
        record Registered(int id, String name, AccumulatorHome home) implements Tie {}

        /** The zero of one task, being added to. */
        record OfTask(int id, String name) implements Tie {}

        /** On its way as it is, since its number travels beside it. */
        record Travelling() implements Tie {}
    }

    /** A new one of the same kind that nothing was added to. */
    protected abstract Accumulator<IN, OUT> zero();

    /** A new one that comes to the same as this. */
    protected abstract Accumulator<IN, OUT> copy();

    /** Adds a value. */
    public abstract void add(IN value);

    /** Adds all that was added to {@code other}, which is of the same kind; in any order. */
    protected abstract void merge(Accumulator<IN, OUT> other);

    /** What was added to this one comes to. */
    protected abstract OUT current();

    /** Whether nothing was added, so that it need not travel; false where it is not known. */
    protected boolean isZero() {
        return false;
    }

    /**
     * What all that was added comes to: by the program, and by the tasks that have succeeded so far. Exact once an
     * action has returned.
     *
     * @throws RaddleException in a task, which knows its own part only
     */
    public final OUT value() {
        return whole().current();
    }

    /** This and what successful tasks added. */
    protected final Accumulator<IN, OUT> whole() {
        if (tie instanceof Tie.OfTask task) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The value of " + described(task.name(), task.id()) + " was asked for by a task.",
                    "Read accumulators in the program, after the action; a task only adds."));
        }
        Accumulator<IN, OUT> sum = copy();
        if (tie instanceof Tie.Registered registered) {
            registered.home().mergeInto(sum);
        }
        return sum;
    }

    /** The name that it was registered under; empty when it has none. */
    public final String name() {
        if (tie instanceof Tie.Registered registered) {
            return registered.name();
        }
        return tie instanceof Tie.OfTask task ? task.name() : "";
    }

    void tie(Tie to) {
        tie = to;
    }

    @Nullable
    Tie tie() {
        return tie;
    }

    /** A registered one travels as its number and a zero. */
    protected final Object writeReplace() throws ObjectStreamException {
        if (tie instanceof Tie.Travelling) {
            return this;
        }
        if (tie instanceof Tie.Registered registered) {
            return new AccumulatorHandle(registered.id(), registered.name(), zero());
        }
        if (tie instanceof Tie.OfTask task) {
            return new AccumulatorHandle(task.id(), task.name(), zero());
        }
        throw new InvalidObjectException("the accumulator is not registered: call Session.register before it is used");
    }

    static String described(String name, int id) {
        return name.isEmpty() ? "accumulator " + id : "the accumulator \"" + name + "\"";
    }
}
