package io.raddle.function;

import java.io.Serializable;
import java.util.Iterator;

/** Makes one value of the records of a partition: the part of an action that runs where the records are. */
@FunctionalInterface
public interface ActionFunction<T, R> extends Serializable {
    /** The value that goes back to the driver; the whole partition need not be read. */
    R call(Iterator<T> records) throws Exception;
}
