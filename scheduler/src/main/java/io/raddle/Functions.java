package io.raddle;

import io.raddle.function.Aggregator;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.Pair;
import io.raddle.function.PairFunction;
import io.raddle.function.SerializableComparator;
import io.raddle.function.VoidFunction;
import io.raddle.serde.RecordFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of the engine's own that run in executors, beside those of programs. */
final class Functions {
    private Functions() {}

    static <T, K> PairFunction<T, K, T> keyBy(Function<T, K> key) {
        return record -> Pair.of(key.call(record), record);
    }

    static <T> FlatMapFunction<Iterator<T>, List<T>> glom() {
        return records -> List.of(listOf(records)).iterator();
    }

    static <T> PairFunction<T, T, Boolean> alone() {
        return record -> Pair.of(record, true);
    }

    static <V> Function2<V, V, V> eitherOne() {
        return (left, right) -> left;
    }

    static <V> Function<V, Long> one() {
        return value -> 1L;
    }

    static Function2<Long, Long, Long> sum() {
        return Long::sum;
    }

    static <T> VoidFunction<Iterator<T>> each(VoidFunction<T> function) {
        return records -> {
            while (records.hasNext()) {
                function.call(records.next());
            }
        };
    }

    static <T> Function2<Integer, Iterator<T>, Iterator<Pair<T, Long>>> numbered(long[] starts) {
        return (partition, records) -> new Iterator<>() {
            private long next = starts[partition];

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Pair<T, Long> next() {
                return Pair.of(records.next(), next++);
            }
        };
    }

    @SuppressWarnings("unchecked")
    static <T> SerializableComparator<T> natural() {
        return (left, right) -> ((Comparable<T>) left).compareTo(right);
    }

    static <T> SerializableComparator<T> reversed(SerializableComparator<T> order) {
        return (left, right) -> order.compare(right, left);
    }

    static <T> Function2<T, T, T> greater(SerializableComparator<T> order) {
        return (left, right) -> order.compare(left, right) >= 0 ? left : right;
    }

    static <T> Function2<T, T, T> lesser(SerializableComparator<T> order) {
        return (left, right) -> order.compare(left, right) <= 0 ? left : right;
    }

    /** Begins each combiner with a zero of its own, so that a combiner may be changed in place. */
    static <V, U> Aggregator<V, U> from(byte[] zero, Function2<U, V, U> within, Function2<U, U, U> across) {
        return Aggregator.of(value -> within.call(Functions.<U>copy(zero), value), within, across);
    }

    /** One group as the two sides of a cogroup. */
    static <V, W> Function<Iterable<?>[], Grouped<V, W>> grouped() {
        return sides -> new Grouped<>(Joins.side(sides, 0), Joins.side(sides, 1));
    }

    /** The only side of a group. */
    static <V> Function<Iterable<?>[], Iterable<V>> onlySide() {
        return sides -> Joins.side(sides, 0);
    }

    /** The only side of a group, combined. */
    static <V, C> Function<Iterable<?>[], C> combined(Aggregator<V, C> aggregator) {
        return sides -> {
            Iterator<V> values = Joins.<V>side(sides, 0).iterator();
            C combiner = aggregator.createCombiner(values.next());
            while (values.hasNext()) {
                combiner = aggregator.mergeValue(combiner, values.next());
            }
            return combiner;
        };
    }

    static <T> List<T> listOf(Iterator<T> records) {
        List<T> list = new ArrayList<>();
        records.forEachRemaining(list::add);
        return list;
    }

    /** The value that was encoded, through the class loader of the program. */
    @SuppressWarnings({"unchecked", "NullAway"}) // a zero may be null when the program says so
    static <U> U copy(byte[] encoded) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        @Nullable Object value = new RecordFormat(loader).fromBytes(encoded);
        return (U) value;
    }
}
