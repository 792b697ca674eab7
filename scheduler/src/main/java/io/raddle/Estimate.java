package io.raddle;

/**
 * What an approximate action found before its time was up.
 *
 * @param mean the most likely value
 * @param confidence how likely the true value is between {@code low} and {@code high}: what was asked for, 1 when all
 *     partitions were read, 0 when none was
 * @param low the lower bound
 * @param high the upper bound
 */
public record Estimate(double mean, double confidence, double low, double high) {
    /** The value itself, from all partitions. */
    static Estimate exactly(double value) {
        return new Estimate(value, 1, value, value);
    }

    /** A mean that has this standard error and so many degrees of freedom. */
    static Estimate around(double mean, double error, double degrees, double confidence) {
        double span = error * StudentT.quantile(degrees, (1 + confidence) / 2);
        return new Estimate(mean, confidence, mean - span, mean + span);
    }

    /** The same, where the true value is known to be no less. */
    Estimate noLessThan(double least) {
        return new Estimate(Math.max(mean, least), confidence, Math.max(low, least), Math.max(high, least));
    }
}
