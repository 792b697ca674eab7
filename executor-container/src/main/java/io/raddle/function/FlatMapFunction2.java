package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of records of two; over iterators it makes those of one partition of each of two. */
@FunctionalInterface
public interface FlatMapFunction2<A, B, R> extends Serializable {
    /** The records that become of these, pulled one at a time and never all held at once. */
    Iterator<R> call(A first, B second) throws Exception;
}
