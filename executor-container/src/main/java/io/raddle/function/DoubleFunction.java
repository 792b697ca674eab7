package io.raddle.function;

import java.io.Serializable;

/** Makes a number of one record. */
@FunctionalInterface
public interface DoubleFunction<T> extends Serializable {
    /** The number that becomes of {@code record}. */
    double call(T record) throws Exception;
}
