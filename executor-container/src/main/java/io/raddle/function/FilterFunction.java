package io.raddle.function;

import java.io.Serializable;

/** Says which records stay. */
@FunctionalInterface
public interface FilterFunction<T> extends Serializable {
    /** Whether {@code record} stays. */
    boolean call(T record) throws Exception;
}
