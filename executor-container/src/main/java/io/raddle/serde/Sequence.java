package io.raddle.serde;

import org.jspecify.annotations.Nullable;

/** Values that are pulled one at a time and travel as a list: what groupByKey hands out. Read back it is a List. */
public interface Sequence extends Iterable<@Nullable Object> {
    /** How many values an iteration gives. */
    long count();
}
