package io.raddle.function;

import java.io.Serializable;

/**
 * How the values {@code V} of one key become one combiner {@code C}. Merging must be associative and commutative; a
 * combiner that is handed in may be changed and returned.
 */
public interface Aggregator<V, C> extends Serializable {
    /** The combiner of a single value. */
    C createCombiner(V value) throws Exception;

    /** The combiner with one more value in it. */
    C mergeValue(C combiner, V value) throws Exception;

    /** One combiner of two. */
    C mergeCombiners(C left, C right) throws Exception;

    /** An aggregator of three functions. */
    static <V, C> Aggregator<V, C> of(
            Function<V, C> createCombiner, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners) {
        return new Combining<>(createCombiner, mergeValue, mergeCombiners);
    }

    /** An aggregator whose combiner is a value too, as in reduceByKey. */
    static <V> Aggregator<V, V> reducing(Function2<V, V, V> reduce) {
        return new Reducing<>(reduce);
    }
}
