package io.raddle.block;

import io.raddle.function.Pair;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.Sequence;
import org.jspecify.annotations.Nullable;

/** Makes records independent of the task that made them: values of a group live in the task's memory and files. */
final class Detached {
    private Detached() {}

    /** The record itself, or a copy with lists where it holds values of groups. */
    static @Nullable Object of(@Nullable Object record, RecordFormat format) {
        return holdsValues(record) ? format.fromBytes(format.toBytes(record)) : record;
    }

    private static boolean holdsValues(@Nullable Object record) {
        if (record instanceof Pair<?, ?> pair) {
            return holdsValues(pair.key()) || holdsValues(pair.value());
        }
        return record instanceof Sequence || record instanceof Iterable<?>[];
    }
}
