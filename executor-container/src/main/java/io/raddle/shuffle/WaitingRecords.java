package io.raddle.shuffle;

import org.jspecify.annotations.Nullable;

/**
 * A few records that wait for their place in a map, so that the memory that each needs can be fetched for all at once: one
 * after another, each would wait for its own. Holds only what nobody can change meanwhile. Used by the task's thread.
 */
final class WaitingRecords {
    private static final int CAPACITY = 32;

    private final @Nullable Object[] keys = new Object[CAPACITY];
    private final @Nullable Object[] inputs = new Object[CAPACITY];
    private final int[] hashes = new int[CAPACITY];
    private int count;

    static boolean mayWait(@Nullable Object key, @Nullable Object input) {
        return (key instanceof String || NumberKind.of(key) != null) && NumberKind.of(input) != null;
    }

    void add(@Nullable Object key, int hash, @Nullable Object input) {
        keys[count] = key;
        hashes[count] = hash;
        inputs[count] = input;
        count++;
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    /** How many there were; there are none any more, but what they were can be read until the next is added. */
    int take() {
        int taken = count;
        count = 0;
        return taken;
    }

    @Nullable
    Object key(int record) {
        return keys[record];
    }

    @Nullable
    Object input(int record) {
        return inputs[record];
    }

    int[] hashes() {
        return hashes;
    }
}
