package io.raddle;

/**
 * How many numbers lie between bounds.
 *
 * @param bounds the bounds of the buckets, upwards: one more than there are buckets
 * @param counts how many numbers each bucket has, from its lower bound on to below its upper; the last bucket has its
 *     upper bound too
 */
public record Histogram(double[] bounds, long[] counts) {}
