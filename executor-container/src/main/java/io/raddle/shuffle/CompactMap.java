package io.raddle.shuffle;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A map from keys of one kind to the bits of numbers that has no object for an entry: what a look-up waits for is memory,
 * and here it touches one or two lines of it instead of six. An entry has a number, valid until the next insertion. Used by
 * one thread.
 */
sealed interface CompactMap permits TextMap, NumberMap {
    int NONE = -1;

    /** An empty map for keys like this one, or null where there is none. */
    static @Nullable CompactMap forKeysLike(@Nullable Object key) {
        if (key instanceof String) {
            return new TextMap();
        }
        NumberKind kind = NumberKind.of(key);
        return kind == null || kind == NumberKind.DOUBLE ? null : new NumberMap(kind);
    }

    int size();

    /** What it takes in memory. */
    long bytes();

    /** The entry of {@code key}, or {@link #NONE}, which it is for a key of another kind. */
    int find(@Nullable Object key, int hash);

    /**
     * Reads the memory that looking up keys of the first {@code count} of these hashes needs: the reads do not wait for each
     * other.
     */
    void touch(int[] hashes, int count);

    /** Adds a key that is not there; false when it is of another kind or there is no room, and nothing has changed. */
    boolean insert(@Nullable Object key, int hash, long bits);

    Object key(int entry);

    long bits(int entry);

    void set(int entry, long bits);

    /** All entries, each with the hash of its key in the upper half, in no order. */
    long[] hashedEntries();

    /** All entries in no order. */
    IntStream entries();
}
