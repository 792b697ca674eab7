package io.raddle.function;

import java.io.Serializable;

/**
 * Makes one value of two. Where values are folded with it (reduce, reduceByKey) it must be associative and commutative,
 * since the order in which records meet is not fixed.
 */
@FunctionalInterface
public interface Function2<A, B, R> extends Serializable {
    /** The value that becomes of {@code first} and {@code second}. */
    R call(A first, B second) throws Exception;
}
