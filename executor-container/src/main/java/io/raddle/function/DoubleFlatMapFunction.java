package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes any number of numbers of one record; over an iterator it makes those of a partition. */
@FunctionalInterface
public interface DoubleFlatMapFunction<T> extends Serializable {
    /** The numbers that become of {@code record}, pulled one at a time and never all held at once. */
    Iterator<Double> call(T record) throws Exception;
}
