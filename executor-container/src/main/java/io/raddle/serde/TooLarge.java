package io.raddle.serde;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.Arrays;

/**
 * Memory for one record. An array that is a good part of the heap and is not to be had is the record's fault, and the
 * process goes on without it; for a smaller one the heap is full of something else, and the error stays what it is.
 */
public final class TooLarge {
    private static final int LARGE_SHARE = 16;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private TooLarge() {}

    /** The error of a record that does not fit into one array. */
    static RaddleException record() {
        return new RaddleException(new Cause.InvalidInput(
                "A record, or what a task brings to the driver, takes more than 2 GiB when it is serialized.",
                "Split it into smaller records, or the data into more partitions."));
    }

    /** An array for a record of {@code bytes} bytes. */
    public static byte[] array(int bytes) {
        try {
            return new byte[bytes];
        } catch (OutOfMemoryError full) {
            throw blamed(bytes, full);
        }
    }

    /** A copy of {@code bytes} with room for {@code needed}, twice as large where there is memory for that. */
    public static byte[] grown(byte[] bytes, long needed) {
        if (needed > MAX_CAPACITY) {
            throw record();
        }
        try {
            return Arrays.copyOf(bytes, (int) Math.min(MAX_CAPACITY, Math.max(needed, 2L * bytes.length)));
        } catch (OutOfMemoryError full) {
            // Not the least that would do, since the next byte would collect the whole heap again.
            return grownLess(bytes, (int) Math.min(MAX_CAPACITY, needed + needed / 8));
        }
    }

    private static byte[] grownLess(byte[] bytes, int capacity) {
        try {
            return Arrays.copyOf(bytes, capacity);
        } catch (OutOfMemoryError full) {
            throw blamed(capacity, full);
        }
    }

    /** The error of a record that found no more memory when it had {@code bytes} bytes. */
    static RaddleException blamed(long bytes, OutOfMemoryError full) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes < heap / LARGE_SHARE) {
            throw full;
        }
        return new RaddleException(
                new Cause.InvalidInput(
                        "A record, or what a task brings to the driver, does not fit into memory: it takes "
                                + (bytes >> 20) + " MiB or more when it is serialized, of a heap of " + (heap >> 20)
                                + " MiB.",
                        "Split it into smaller records, or the data into more partitions, or give the process more "
                                + "with --executor-memory."),
                full);
    }
}
