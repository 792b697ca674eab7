package io.raddle.shuffle;

import io.raddle.function.Pair;
import org.jspecify.annotations.Nullable;

/** Says when a map whose combiners may grow is due to be measured, and measures some of its entries. */
final class GrowthSample {
    private static final int ENTRIES = 32;
    private static final int FIRST_UPDATES = 64;
    private static final double STEP = 1.2;

    private long updates;
    private long next = FIRST_UPDATES;

    /** Whether a combiner has the same size for ever. */
    static boolean fixed(@Nullable Object combiner) {
        return combiner instanceof Long
                || combiner instanceof Integer
                || combiner instanceof Double
                || combiner == null
                || combiner instanceof Boolean
                || (combiner instanceof Pair<?, ?> pair && fixed(pair.key()) && fixed(pair.value()));
    }

    boolean due() {
        if (++updates < next) {
            return false;
        }
        next = Math.max(updates + FIRST_UPDATES, (long) (updates * STEP));
        return true;
    }

    /** About the bytes of all {@code size} entries, from entries spread over the table. */
    long estimate(@Nullable Object[] keys, @Nullable Object[] combiners, Footprint footprint, int size) {
        int step = Math.max(1, keys.length / ENTRIES);
        long bytes = 0;
        int measured = 0;
        int offset = (int) (updates % step);
        for (int at = 0; at < keys.length && measured < ENTRIES; at += step) {
            int slot = occupied(keys, at + offset);
            bytes += footprint.of(keys[slot]) + footprint.of(combiners[slot]);
            measured++;
        }
        return bytes / Math.max(1, measured) * size;
    }

    private static int occupied(@Nullable Object[] keys, int from) {
        int slot = from & keys.length - 1;
        while (keys[slot] == null) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
