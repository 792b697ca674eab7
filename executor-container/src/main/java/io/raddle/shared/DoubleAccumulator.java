package io.raddle.shared;

import io.raddle.proto.DoubleSum;

/** A sum of fractions, and how many they were. Its last digits depend on the order in which tasks end. */
public final class DoubleAccumulator extends Accumulator<Double, Double> {
    private static final long serialVersionUID = 1;

    private double sum;
    private long count;

    /** Nothing added. */
    public DoubleAccumulator() {}

    DoubleAccumulator(double sum, long count) {
        this.sum = sum;
        this.count = count;
    }

    /** Adds a number. */
    public void add(double value) {
        sum += value;
        count++;
    }

    @Override
    public void add(Double value) {
        add(value.doubleValue());
    }

    /** The sum; as {@link #value()}. */
    public double sum() {
        return value();
    }

    /** How many numbers were added. */
    public long count() {
        return ((DoubleAccumulator) whole()).count;
    }

    /** Their mean; not a number when there are none. */
    public double avg() {
        DoubleAccumulator whole = (DoubleAccumulator) whole();
        return whole.sum / whole.count;
    }

    @Override
    protected Accumulator<Double, Double> zero() {
        return new DoubleAccumulator();
    }

    @Override
    protected Accumulator<Double, Double> copy() {
        return new DoubleAccumulator(sum, count);
    }

    @Override
    protected void merge(Accumulator<Double, Double> other) {
        DoubleAccumulator that = (DoubleAccumulator) other;
        sum += that.sum;
        count += that.count;
    }

    @Override
    protected Double current() {
        return sum;
    }

    @Override
    protected boolean isZero() {
        return count == 0;
    }

    DoubleSum message() {
        return DoubleSum.newBuilder().setSum(sum).setCount(count).build();
    }
}
