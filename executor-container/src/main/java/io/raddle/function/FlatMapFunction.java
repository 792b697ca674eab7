package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of records of one; over an iterator it makes the records of a partition. */
@FunctionalInterface
public interface FlatMapFunction<T, R> extends Serializable {
    /** The records that become of {@code record}, pulled one at a time and never all held at once. */
    Iterator<R> call(T record) throws Exception;
}
