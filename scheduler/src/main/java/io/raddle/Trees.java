package io.raddle;

import io.raddle.function.Function2;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.util.Iterator;
import java.util.Optional;

/** Folds in levels, so that executors merge what partitions gave and the driver only what the last level did. */
final class Trees {
    private Trees() {}

    static <T> Optional<T> reduce(Rdd<T> rdd, Function2<T, T, T> function, int depth) {
        Rdd<T> partial =
                rdd.mapPartitions(records -> Actions.reduced(records, function).iterator());
        return Actions.reduce(merged(partial, function, depth), function);
    }

    static <T, U> U aggregate(
            Rdd<T> rdd,
            U zero,
            Function2<U, T, U> within,
            Function2<U, U, U> across,
            int depth,
            boolean finalOnExecutor) {
        byte[] encoded = rdd.session.engine().records().toBytes(zero);
        Rdd<U> partial = rdd.mapPartitions(records -> {
            U value = Functions.copy(encoded);
            while (records.hasNext()) {
                value = within.call(value, records.next());
            }
            return Functions.only(value);
        });
        Rdd<U> merged = merged(partial, across, depth);
        Rdd<U> last = finalOnExecutor && merged.getNumPartitions() > 1 ? level(merged, across, 1) : merged;
        return Actions.fold(last, encoded, across);
    }

    /** At most {@code depth} levels, each by about the same factor. */
    private static <U> Rdd<U> merged(Rdd<U> partial, Function2<U, U, U> across, int depth) {
        if (depth < 1) {
            throw Arguments.refused("A tree of depth " + depth + " was asked for.", "Ask for 1 or more; 2 is usual.");
        }
        Rdd<U> values = partial;
        int partitions = partial.getNumPartitions();
        int scale = Math.max((int) Math.ceil(Math.pow(partitions, 1.0 / depth)), 2);
        while (partitions > scale + Math.ceil((double) partitions / scale)) {
            partitions /= scale;
            values = level(values, across, partitions);
        }
        return values;
    }

    private static <U> Rdd<U> level(Rdd<U> values, Function2<U, U, U> across, int partitions) {
        Function2<Integer, Iterator<U>, Iterator<Pair<Integer, U>>> numbered =
                (partition, each) -> Functions.mapped(each, value -> Pair.of(partition % partitions, value));
        Rdd<Pair<Integer, U>> keyed = values.mapPartitionsWithIndex(numbered);
        return new PairRdd<Integer, U>(keyed.session, keyed.lineage)
                .reduceByKey(new HashPartitioner(partitions), across)
                .values();
    }
}
