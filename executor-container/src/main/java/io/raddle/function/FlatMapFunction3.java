package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of records of three; over iterators it makes those of one partition of each of three. */
@FunctionalInterface
public interface FlatMapFunction3<A, B, C, R> extends Serializable {
    /** The records that become of these, pulled one at a time and never all held at once. */
    Iterator<R> call(A first, B second, C third) throws Exception;
}
