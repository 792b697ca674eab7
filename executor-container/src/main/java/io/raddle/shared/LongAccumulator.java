package io.raddle.shared;

import io.raddle.proto.LongSum;

/** A sum of whole numbers, and how many they were. Overflows as {@code long} does. */
public final class LongAccumulator extends Accumulator<Long, Long> {
    private static final long serialVersionUID = 1;

    private long sum;
    private long count;

    /** Nothing added. */
    public LongAccumulator() {}

    LongAccumulator(long sum, long count) {
        this.sum = sum;
        this.count = count;
    }

    /** Adds a number. */
    public void add(long value) {
        sum += value;
        count++;
    }

    @Override
    public void add(Long value) {
        add(value.longValue());
    }

    /** The sum; as {@link #value()}. */
    public long sum() {
        return value();
    }

    /** How many numbers were added. */
    public long count() {
        return ((LongAccumulator) whole()).count;
    }

    /** Their mean; not a number when there are none. */
    public double avg() {
        LongAccumulator whole = (LongAccumulator) whole();
        return (double) whole.sum / whole.count;
    }

    @Override
    protected Accumulator<Long, Long> zero() {
        return new LongAccumulator();
    }

    @Override
    protected Accumulator<Long, Long> copy() {
        return new LongAccumulator(sum, count);
    }

    @Override
    protected void merge(Accumulator<Long, Long> other) {
        LongAccumulator that = (LongAccumulator) other;
        sum += that.sum;
        count += that.count;
    }

    @Override
    protected Long current() {
        return sum;
    }

    @Override
    protected boolean isZero() {
        return count == 0;
    }

    LongSum message() {
        return LongSum.newBuilder().setSum(sum).setCount(count).build();
    }
}
