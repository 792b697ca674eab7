package io.raddle.shuffle;

import io.raddle.function.Aggregator;
import io.raddle.function.NaturalOrder;
import java.util.Comparator;

/** How records of one key come together on the reading side of a shuffle. */
public sealed interface Combine {
    /** Records as they come. */
    record None() implements Combine {}

    /** One pair per key, its values folded; {@code mapSide} says that they arrive as combiners. */
    record Aggregate(Aggregator<?, ?> aggregator, boolean mapSide) implements Combine {}

    /** One pair per key with an Iterable of its values, which may be iterated again and need not fit into memory. */
    record Group() implements Combine {}

    /** Pairs in the order of their keys; pairs of equal keys stay in the order in which they came. */
    record Sort(Comparator<?> comparator) implements Combine {
        /** The natural order of keys; a key that has none is a typed error. */
        public static Sort natural() {
            return new Sort(new NaturalOrder<>(false));
        }
    }
}
