package io.raddle;

import io.raddle.function.Aggregator;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.NaturalOrder;
import io.raddle.function.Pair;
import io.raddle.function.PairFunction;
import io.raddle.function.SerializableComparator;
import io.raddle.function.VoidFunction;
import io.raddle.serde.RecordFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
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

    static <T> SerializableComparator<T> natural() {
        return new NaturalOrder<>(false);
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

    /** One group as the three sides of a cogroup. */
    static <A, B, C> Function<Iterable<?>[], Grouped3<A, B, C>> grouped3() {
        return sides -> new Grouped3<>(Joins.side(sides, 0), Joins.side(sides, 1), Joins.side(sides, 2));
    }

    /** One group as the four sides of a cogroup. */
    static <A, B, C, D> Function<Iterable<?>[], Grouped4<A, B, C, D>> grouped4() {
        return sides ->
                new Grouped4<>(Joins.side(sides, 0), Joins.side(sides, 1), Joins.side(sides, 2), Joins.side(sides, 3));
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

    /** The values here of a key that is not there. */
    static <V> FlatMapFunction<Iterable<?>[], V> onlyHere() {
        return sides -> sides[1].iterator().hasNext()
                ? Collections.emptyIterator()
                : Joins.<V>side(sides, 0).iterator();
    }

    /** Whether a key is here and there. */
    static <K> FilterFunction<Pair<K, Iterable<?>[]>> onBothSides() {
        return group -> group.value()[0].iterator().hasNext()
                && group.value()[1].iterator().hasNext();
    }

    static <T> Iterator<T> only(T value) {
        return Collections.singletonList(value).iterator();
    }

    static <T, R> Iterator<R> mapped(Iterator<T> records, java.util.function.Function<T, R> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public R next() {
                return function.apply(records.next());
            }
        };
    }

    /** Numbers from {@code start} on, given as where they start and how many they are. */
    static FlatMapFunction<Pair<Long, Long>, Long> counted(long step) {
        return part -> LongStream.range(0, part.value())
                .map(place -> part.key() + place * step)
                .iterator();
    }

    static <T> List<T> listOf(Iterator<T> records) {
        List<T> list = new ArrayList<>();
        records.forEachRemaining(list::add);
        return list;
    }

    /** The value that was encoded, through the class loader of the program. */
    // A zero may be null when the program says so, and its type is the caller's to know.
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    static <U> U copy(byte[] encoded) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        @Nullable Object value = new RecordFormat(loader).fromBytes(encoded);
        return (U) value;
    }
}
