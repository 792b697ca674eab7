package io.raddle.function;

import java.io.Serializable;

/** Makes a pair of one record. */
@FunctionalInterface
public interface PairFunction<T, K, V> extends Serializable {
    /** The pair that becomes of {@code record}. */
    Pair<K, V> call(T record) throws Exception;
}
