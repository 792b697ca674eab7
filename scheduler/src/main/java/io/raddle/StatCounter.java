package io.raddle;

/**
 * Count, mean, spread and bounds of numbers. Immutable, and exact to rounding also where numbers are large and close to
 * each other: the spread is kept as the sum of squared distances from the mean (Chan, Golub and LeVeque 1979).
 *
 * @param count how many numbers
 * @param mean their mean; NaN of none
 * @param squares the sum of their squared distances from the mean
 * @param max the greatest; negative infinity of none
 * @param min the least; positive infinity of none
 */
public record StatCounter(long count, double mean, double squares, double max, double min) {
    /** Of no numbers. */
    static final StatCounter EMPTY =
            new StatCounter(0, Double.NaN, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Of these numbers and those of {@code other} together. */
    public StatCounter merge(StatCounter other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        long both = count + other.count;
        double apart = other.mean - mean;
        return new StatCounter(
                both,
                mean + apart * other.count / both,
                squares + other.squares + apart * apart * ((double) count * other.count / both),
                Math.max(max, other.max),
                Math.min(min, other.min));
    }

    /** The sum of the numbers, 0 of none. */
    public double sum() {
        return count == 0 ? 0 : mean * count;
    }

    /** The variance of the numbers as all that there are, NaN of none. The same as {@link #popVariance}. */
    public double variance() {
        return popVariance();
    }

    /** The variance of the numbers as all that there are, NaN of none. */
    public double popVariance() {
        return count == 0 ? Double.NaN : squares / count;
    }

    /** The variance of what the numbers are a sample of, NaN of none and of one. */
    public double sampleVariance() {
        return count == 0 ? Double.NaN : squares / (count - 1);
    }

    /** The square root of {@link #variance}. */
    public double stdev() {
        return Math.sqrt(variance());
    }

    /** The square root of {@link #popVariance}. */
    public double popStdev() {
        return Math.sqrt(popVariance());
    }

    /** The square root of {@link #sampleVariance}. */
    public double sampleStdev() {
        return Math.sqrt(sampleVariance());
    }
}
