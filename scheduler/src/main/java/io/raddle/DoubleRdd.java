package io.raddle;

import io.raddle.function.FilterFunction;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Partitioner;
import io.raddle.plan.Lineage;
import java.util.List;

/** Records that are numbers, with what statistics make of them. No number may be null. */
public final class DoubleRdd extends Rdd<Double> {
    DoubleRdd(Session session, Lineage lineage) {
        super(session, lineage);
    }

    // ---- How it is kept ----

    @Override
    public DoubleRdd cache() {
        super.cache();
        return this;
    }

    @Override
    public DoubleRdd persist() {
        super.persist();
        return this;
    }

    @Override
    public DoubleRdd persist(StorageLevel level) {
        super.persist(level);
        return this;
    }

    @Override
    public DoubleRdd unpersist() {
        super.unpersist();
        return this;
    }

    @Override
    public DoubleRdd unpersist(boolean blocking) {
        super.unpersist(blocking);
        return this;
    }

    // ---- What stays numbers ----

    @Override
    public DoubleRdd filter(FilterFunction<Double> keep) {
        return new DoubleRdd(session, super.filter(keep).lineage);
    }

    /** The numbers of this and then those of {@code other}; duplicates stay. */
    public DoubleRdd union(DoubleRdd other) {
        return new DoubleRdd(session, concatenated(other));
    }

    @Override
    public DoubleRdd union(Rdd<Double> other) {
        return new DoubleRdd(session, concatenated(other));
    }

    @Override
    public DoubleRdd distinct() {
        return distinct(DefaultPlacement.partitions(session, lineage));
    }

    @Override
    public DoubleRdd distinct(int partitions) {
        return new DoubleRdd(session, distinctLineage(partitions));
    }

    @Override
    public DoubleRdd coalesce(int partitions) {
        return new DoubleRdd(session, Exchanges.coalesce(session, lineage, partitions));
    }

    @Override
    public DoubleRdd coalesce(int partitions, boolean shuffle) {
        return shuffle ? repartition(partitions) : coalesce(partitions);
    }

    @Override
    public DoubleRdd repartition(int partitions) {
        return new DoubleRdd(session, Exchanges.spread(session, lineage, partitions));
    }

    @Override
    public DoubleRdd sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, Seeding.fresh());
    }

    @Override
    public DoubleRdd sample(boolean withReplacement, double fraction, long seed) {
        return new DoubleRdd(session, Sampling.sample(this, withReplacement, fraction, seed));
    }

    @Override
    public DoubleRdd intersection(Rdd<Double> other) {
        return intersection(other, DefaultPlacement.partitions(session, List.of(lineage, other.lineage)));
    }

    @Override
    public DoubleRdd intersection(Rdd<Double> other, int partitions) {
        return intersection(other, new HashPartitioner(partitions));
    }

    @Override
    public DoubleRdd intersection(Rdd<Double> other, Partitioner partitioner) {
        return new DoubleRdd(session, intersectionLineage(other, partitioner));
    }

    @Override
    public DoubleRdd subtract(Rdd<Double> other) {
        return subtract(other, DefaultPlacement.partitions(session, lineage));
    }

    @Override
    public DoubleRdd subtract(Rdd<Double> other, int partitions) {
        return subtract(other, new HashPartitioner(partitions));
    }

    @Override
    public DoubleRdd subtract(Rdd<Double> other, Partitioner partitioner) {
        return new DoubleRdd(session, subtractLineage(other, partitioner));
    }

    @Override
    public DoubleRdd setName(String value) {
        super.setName(value);
        return this;
    }

    // ---- Actions ----

    /** The sum, 0 of none. Rounding errors are summed apart, so that it hardly depends on the order of the numbers. */
    public double sum() {
        double[] all = new double[2];
        for (double[] part : Actions.each(this, Statistics.summer())) {
            Statistics.add(all, part[0]);
            Statistics.add(all, part[1]);
        }
        return all[0] + all[1];
    }

    /** Count, mean, spread and bounds in one pass. */
    public StatCounter stats() {
        return Actions.each(this, Statistics.collector()).stream().reduce(StatCounter.EMPTY, StatCounter::merge);
    }

    /** The mean, NaN of none. */
    public double mean() {
        return stats().mean();
    }

    /** The variance of the numbers as all that there are, NaN of none. The same as {@link #popVariance}. */
    public double variance() {
        return stats().variance();
    }

    /** The variance of the numbers as all that there are, NaN of none. */
    public double popVariance() {
        return stats().popVariance();
    }

    /** The variance of what the numbers are a sample of, NaN of none and of one. */
    public double sampleVariance() {
        return stats().sampleVariance();
    }

    /** The square root of {@link #variance}. */
    public double stdev() {
        return stats().stdev();
    }

    /** The square root of {@link #popVariance}. */
    public double popStdev() {
        return stats().popStdev();
    }

    /** The square root of {@link #sampleVariance}. */
    public double sampleStdev() {
        return stats().sampleStdev();
    }

    /**
     * How many numbers are in each of that many buckets of the same width between the least and the greatest; one bucket
     * where these are the same. Without numbers, or with NaN or infinities among them, it is an error. Reads them twice.
     */
    public Histogram histogram(int buckets) {
        return Histograms.even(this, buckets);
    }

    /**
     * How many numbers are between {@code bounds}, which grow: from each on to below the next, the last included. What lies
     * outside counts nowhere, NaN neither.
     */
    public long[] histogram(double[] bounds) {
        return histogram(bounds, false);
    }

    /** The same; {@code evenBuckets} says that all are of one width, which is faster. */
    public long[] histogram(double[] bounds, boolean evenBuckets) {
        return Histograms.count(this, bounds, evenBuckets);
    }

    /** {@link #sumApprox(long, double)} with a confidence of 0.95. */
    public Estimate sumApprox(long timeoutMillis) {
        return sumApprox(timeoutMillis, 0.95);
    }

    /** About the sum, from the partitions that are read after that many milliseconds; exact when all are. */
    public Estimate sumApprox(long timeoutMillis, double confidence) {
        return Approximate.sum(this, timeoutMillis, confidence);
    }

    /** {@link #meanApprox(long, double)} with a confidence of 0.95. */
    public Estimate meanApprox(long timeoutMillis) {
        return meanApprox(timeoutMillis, 0.95);
    }

    /** About the mean, from the partitions that are read after that many milliseconds; exact when all are. */
    public Estimate meanApprox(long timeoutMillis, double confidence) {
        return Approximate.mean(this, timeoutMillis, confidence);
    }
}
