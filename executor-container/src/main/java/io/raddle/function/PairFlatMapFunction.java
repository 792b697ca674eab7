package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of pairs of one record; over an iterator it makes the pairs of a partition. */
@FunctionalInterface
public interface PairFlatMapFunction<T, K, V> extends Serializable {
    /** The pairs that become of {@code record}, pulled one at a time and never all held at once. */
    Iterator<Pair<K, V>> call(T record) throws Exception;
}
