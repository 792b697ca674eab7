package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much heap an object takes: exactly for common types, for others from their serialized size. Erring high
 * costs an early spill, erring low the process. Used by one thread.
 */
final class Footprint {
    private static final int HEADER_BYTES = 16;
    private static final int STRING_BYTES = 40;
    private static final int PAIR_BYTES = 24;
    private static final int OBJECT_BYTES = 64;
    /** How much larger than its serialized form an object usually is in memory. */
    private static final int GROWTH = 4;

    private final RecordWriter writer;

    Footprint(RecordFormat format) {
        writer = format.writer();
    }

    long of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return 0;
        }
        if (value instanceof String text) {
            return STRING_BYTES + 2L * text.length();
        }
        if (value instanceof Number && value.getClass().getClassLoader() == null) {
            return HEADER_BYTES + Long.BYTES;
        }
        if (value instanceof Pair<?, ?> pair) {
            return PAIR_BYTES + of(pair.key()) + of(pair.value());
        }
        if (value instanceof byte[] bytes) {
            return HEADER_BYTES + (long) bytes.length;
        }
        if (value instanceof int[] numbers) {
            return HEADER_BYTES + (long) Integer.BYTES * numbers.length;
        }
        if (value instanceof double[] numbers) {
            return HEADER_BYTES + (long) Double.BYTES * numbers.length;
        }
        if (value instanceof long[] numbers) {
            return HEADER_BYTES + (long) Long.BYTES * numbers.length;
        }
        return ofSerialized(value);
    }

    private long ofSerialized(Object value) {
        writer.clear();
        writer.write(value);
        long bytes = OBJECT_BYTES + (long) GROWTH * writer.size();
        if (writer.capacity() > Frames.FULL_BYTES) {
            writer.shrink();
        }
        return bytes;
    }
}
