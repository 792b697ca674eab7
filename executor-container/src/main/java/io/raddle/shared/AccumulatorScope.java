package io.raddle.shared;

/** The accumulators of one running task; for the engine. */
public interface AccumulatorScope {
    /** What this task adds to under this number: {@code zero} unless there is one already. */
    Accumulator<?, ?> local(int id, Accumulator<?, ?> zero);
}
