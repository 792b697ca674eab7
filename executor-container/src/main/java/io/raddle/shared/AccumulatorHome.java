package io.raddle.shared;

/** Where the driver keeps what tasks added to one accumulator; for the engine. */
public interface AccumulatorHome {
    /** Merges what successful tasks added into {@code sum}, on the calling thread. */
    void mergeInto(Accumulator<?, ?> sum);
}
