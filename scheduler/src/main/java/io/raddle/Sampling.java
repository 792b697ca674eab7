package io.raddle;

import io.raddle.closure.CallSite;
import io.raddle.function.ActionFunction;
import io.raddle.function.Function2;
import io.raddle.function.Pair;
import io.raddle.plan.JobRequest.Partitions;
import io.raddle.plan.Lineage;
import io.raddle.plan.Lineage.Placement;
import io.raddle.plan.Lineage.Sensitivity;
import io.raddle.plan.Order;
import io.raddle.proto.Transform.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Samples of records: what is taken follows from a seed, the number of a partition and the places of its records. */
final class Sampling {
    private Sampling() {}

    static <T> Lineage sample(Rdd<T> rdd, boolean withReplacement, double fraction, long seed) {
        Arguments.fraction(fraction, withReplacement);
        return taken(rdd, rdd.lineage, seed, random -> record -> times(withReplacement, fraction, random));
    }

    /** Parts of the records in the proportion of {@code weights}; each record in exactly one of them. */
    static <T> List<Lineage> split(Rdd<T> rdd, double[] weights, long seed) {
        double[] ends = ends(weights);
        // Each part is computed by itself: they fit together only if each meets the records in the same order.
        Lineage records = rdd.lineage.order() == Order.DETERMINATE
                ? rdd.lineage
                : rdd.lineage.orderedByContent(rdd.session.origin(CallSite.here()));
        List<Lineage> parts = new ArrayList<>();
        for (int part = 0; part < weights.length; part++) {
            double low = part == 0 ? 0 : ends[part - 1];
            double high = ends[part];
            parts.add(taken(rdd, records, seed, random -> record -> {
                double draw = random.nextDouble();
                return low <= draw && draw < high ? 1 : 0;
            }));
        }
        return parts;
    }

    private static double[] ends(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw Arguments.refused(
                        "randomSplit was given a weight of " + weight + ".", "Give weights of 0 or more.");
            }
            sum += weight;
        }
        if (sum == 0) {
            throw Arguments.refused(
                    "randomSplit was given no weight above 0.", "Give at least one, as in randomSplit(0.8, 0.2).");
        }
        double[] ends = new double[weights.length];
        int last = 0;
        double end = 0;
        for (int i = 0; i < weights.length; i++) {
            end += weights[i];
            ends[i] = end / sum;
            last = weights[i] > 0 ? i : last;
        }
        // Rounding must not lose what is drawn above the last end.
        Arrays.fill(ends, last, ends.length, 1.0);
        return ends;
    }

    /** A number of records, in random order: the first job counts, the second takes as many of each partition as it must. */
    static <T> List<T> take(Rdd<T> rdd, boolean withReplacement, int n, long seed) {
        Arguments.notNegative(n, "records");
        long[] counts = Actions.counts(rdd).values(new Partitions(0, rdd.getNumPartitions())).stream()
                .mapToLong(Long::longValue)
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        long[] wanted = new Draws.Urn(counts, withReplacement).draw(n, random);
        List<T> sample = new ArrayList<>();
        new Rdd<T>(rdd.session, exactly(rdd, counts, wanted, withReplacement, seed))
                .collect()
                .forEach(sample::add);
        Collections.shuffle(sample, new Random(random.nextLong()));
        return sample;
    }

    private static <T> Lineage exactly(Rdd<T> rdd, long[] counts, long[] wanted, boolean withReplacement, long seed) {
        Function2<Integer, Iterator<T>, Iterator<T>> function = (partition, records) -> {
            SplittableRandom random = Draws.of(seed, partition);
            Draws.Exact exact = Draws.exactly(wanted[partition], counts[partition], withReplacement);
            return Draws.repeated(records, record -> exact.next(random));
        };
        return applied(rdd, rdd.lineage, function);
    }

    static <K, V> Lineage byKey(
            PairRdd<K, V> pairs, boolean withReplacement, Map<? extends K, Double> fractions, long seed) {
        // As a record, since keys need not be serializable as closures are.
        byte[] encoded = pairs.session.engine().records().toBytes(checked(fractions, withReplacement));
        return taken(pairs, pairs.lineage, seed, random -> {
            Map<K, Double> known = Functions.copy(encoded);
            return pair -> times(withReplacement, of(known, pair.key()), random);
        });
    }

    /** As many pairs of each key as its fraction says, rounded up. Runs a job that counts the keys of each partition. */
    static <K, V> Lineage byKeyExactly(
            PairRdd<K, V> pairs, boolean withReplacement, Map<? extends K, Double> fractions, long seed) {
        Map<K, Double> known = checked(fractions, withReplacement);
        List<HashMap<K, Long>> counts = Actions.each(pairs, Sampling.<K, V>counter());
        byte[][] shares = allot(counts, known, withReplacement, new SplittableRandom(seed)).stream()
                .map(pairs.session.engine().records()::toBytes)
                .toArray(byte[][]::new);
        Function2<Integer, Iterator<Pair<K, V>>, Iterator<Pair<K, V>>> function = (partition, records) -> {
            SplittableRandom random = Draws.of(seed, partition);
            Map<K, Pair<Long, Long>> share = Functions.copy(shares[partition]);
            Map<K, Draws.Exact> exact = new HashMap<>();
            share.forEach((key, each) -> exact.put(key, Draws.exactly(each.key(), each.value(), withReplacement)));
            return Draws.repeated(records, pair -> of(exact, pair.key()).next(random));
        };
        return applied(pairs, pairs.lineage, function);
    }

    private static <K, V> ActionFunction<Pair<K, V>, HashMap<K, Long>> counter() {
        return records -> {
            HashMap<K, Long> counts = new HashMap<>();
            records.forEachRemaining(pair -> counts.merge(pair.key(), 1L, Long::sum));
            return counts;
        };
    }

    /** For each partition, how many pairs of each key to take, and of how many. */
    private static <K> List<HashMap<K, Pair<Long, Long>>> allot(
            List<HashMap<K, Long>> counts, Map<K, Double> fractions, boolean withReplacement, SplittableRandom random) {
        List<HashMap<K, Pair<Long, Long>>> shares = new ArrayList<>();
        for (HashMap<K, Long> part : counts) {
            part.keySet().forEach(key -> of(fractions, key));
            shares.add(new HashMap<>());
        }
        // In the order of the given fractions, which is that of the program.
        fractions.forEach((key, fraction) -> {
            long[] balls = counts.stream()
                    .mapToLong(part -> part.getOrDefault(key, 0L))
                    .toArray();
            long wanted = (long) Math.ceil(fraction * Arrays.stream(balls).sum());
            long[] drawn = new Draws.Urn(balls, withReplacement).draw(wanted, random.split());
            for (int partition = 0; partition < balls.length; partition++) {
                shares.get(partition).put(key, Pair.of(drawn[partition], balls[partition]));
            }
        });
        return shares;
    }

    private static <K> Map<K, Double> checked(Map<? extends K, Double> fractions, boolean withReplacement) {
        fractions.values().forEach(each -> Arguments.fraction(each, withReplacement));
        return new LinkedHashMap<>(fractions);
    }

    private static <K, X> X of(Map<K, X> known, K key) {
        X value = known.get(key);
        if (value == null) {
            throw Arguments.refused(
                    "There is no fraction for the key " + key + ".",
                    "Give one for each key, 0 for those that shall not be sampled.");
        }
        return value;
    }

    private static int times(boolean withReplacement, double fraction, SplittableRandom random) {
        if (withReplacement) {
            return Draws.poisson(fraction, random);
        }
        return random.nextDouble() < fraction ? 1 : 0;
    }

    /** Makes what decides over the records of one partition. */
    @FunctionalInterface
    private interface Decision<T> extends Serializable {
        ToIntFunction<T> with(SplittableRandom random);
    }

    private static <T> Lineage taken(Rdd<T> rdd, Lineage records, long seed, Decision<T> decision) {
        Function2<Integer, Iterator<T>, Iterator<T>> function =
                (partition, all) -> Draws.repeated(all, decision.with(Draws.of(seed, partition)));
        return applied(rdd, records, function);
    }

    private static Lineage applied(Rdd<?> rdd, Lineage records, Object function) {
        CallSite site = CallSite.here();
        return records.apply(
                rdd.session.origin(site),
                Shape.MAP_PARTITIONS_WITH_INDEX,
                rdd.session.freeze(function, site),
                Placement.KEPT,
                Sensitivity.SEES_ORDER);
    }
}
