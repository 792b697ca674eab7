package io.raddle.function;

import java.io.Serializable;

/** Makes one record of one record. */
@FunctionalInterface
public interface Function<T, R> extends Serializable {
    /** The record that becomes of {@code record}. */
    R call(T record) throws Exception;
}
