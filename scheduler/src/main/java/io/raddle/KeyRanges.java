package io.raddle;

import io.raddle.function.ActionFunction;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import io.raddle.function.RangePartitioner;
import io.raddle.function.SerializableComparator;
import io.raddle.plan.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Finds bounds that part keys into ranges of about equal size, from a sample of every partition that is weighed by how
 * many keys it stands for. The sample is drawn with a fixed seed, so the same keys give the same bounds.
 */
final class KeyRanges {
    private static final int SAMPLES_PER_RANGE = 60;
    private static final int LARGEST_SAMPLE = 1 << 20;

    private KeyRanges() {}

    /** Some keys of a partition and how many it has. */
    private record Weighed<K>(K key, double weight) {}

    static <K> Partitioner of(Rdd<K> keys, SerializableComparator<K> order, int ranges) {
        int partitions = keys.getNumPartitions();
        if (ranges == 1 || partitions == 0) {
            return new SampledRanges<>(keys.session, List.of(), order);
        }
        int perPartition = (int) Math.ceil(Math.min(LARGEST_SAMPLE, (double) SAMPLES_PER_RANGE * ranges) / partitions);
        List<Weighed<K>> sample = new ArrayList<>();
        for (Pair<Long, List<K>> part : Actions.each(keys, KeyRanges.<K>sampler(perPartition))) {
            for (K key : part.value()) {
                sample.add(new Weighed<>(key, (double) part.key() / part.value().size()));
            }
        }
        return new SampledRanges<>(keys.session, bounds(sample, order, ranges), order);
    }

    /** The pairs with keys from {@code lower} to {@code upper}, of no more partitions than can have such. */
    static <K, V> Lineage between(PairRdd<K, V> pairs, K lower, K upper, SerializableComparator<K> order) {
        KeyBetween<K, V> within = new KeyBetween<>(pairs.session, lower, upper, order);
        Optional<RangePartitioner<?>> ranges =
                pairs.partitioner().flatMap(KeyRanges::ranges).filter(known -> known.isOrderedBy(order));
        if (ranges.isEmpty()) {
            return pairs.filter(within).lineage;
        }
        int first = ranges.get().partition(lower);
        int last = ranges.get().partition(upper);
        Lineage some = Exchanges.slice(pairs.session, pairs.lineage, first, last);
        return new PairRdd<K, V>(pairs.session, some).filter(within).lineage;
    }

    private static Optional<RangePartitioner<?>> ranges(Partitioner partitioner) {
        if (partitioner instanceof SampledRanges<?> sampled) {
            return Optional.of(sampled.ranges());
        }
        return partitioner instanceof RangePartitioner<?> given ? Optional.of(given) : Optional.empty();
    }

    /** Reservoir sampling: each key of the partition is in the sample with equal probability. */
    private static <K> ActionFunction<K, Pair<Long, List<K>>> sampler(int size) {
        return keys -> {
            Random random = new Random(size);
            List<K> sample = new ArrayList<>();
            long seen = 0;
            while (keys.hasNext()) {
                K key = keys.next();
                seen++;
                if (sample.size() < size) {
                    sample.add(key);
                } else {
                    long place = (long) (random.nextDouble() * seen);
                    if (place < size) {
                        sample.set((int) place, key);
                    }
                }
            }
            return Pair.of(seen, sample);
        };
    }

    private static <K> List<K> bounds(List<Weighed<K>> sample, Comparator<K> order, int ranges) {
        Ordering.sort(sample, (left, right) -> order.compare(left.key(), right.key()));
        double step = sample.stream().mapToDouble(Weighed::weight).sum() / ranges;
        List<K> bounds = new ArrayList<>();
        double reached = 0;
        for (Weighed<K> each : sample) {
            reached += each.weight();
            boolean isNew = bounds.isEmpty() || order.compare(each.key(), bounds.get(bounds.size() - 1)) > 0;
            if (bounds.size() < ranges - 1 && isNew && reached >= step * (bounds.size() + 1)) {
                bounds.add(each.key());
            }
        }
        return bounds;
    }
}
