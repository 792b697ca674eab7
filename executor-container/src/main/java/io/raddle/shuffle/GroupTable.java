package io.raddle.shuffle;

import io.raddle.memory.Reservation;
import io.raddle.serde.RecordWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Serialized values by key, for one or several inputs: an open-addressing map whose every byte is counted. Used by the
 * task's thread.
 */
final class GroupTable {
    private static final int FIRST_CAPACITY = 1 << 6;
    private static final int SLOT_BYTES = 8;
    private static final int GROUP_BYTES = 64;
    private static final int FIRST_VALUES_BYTES = 24;
    private static final int MAX_VALUES_BYTES = 256 << 20;
    private static final byte[] NOTHING = {};

    private final int inputs;
    private final Footprint footprint;
    private final RecordWriter writer;
    private final Reservation memory;
    private @Nullable Group[] table = new Group[FIRST_CAPACITY];
    private int size;
    private long bytes;
    private boolean full;

    GroupTable(int inputs, Footprint footprint, RecordWriter writer, Reservation memory) {
        this.inputs = inputs;
        this.footprint = footprint;
        this.writer = writer;
        this.memory = memory;
    }

    /** The values of one key so far, input by input. */
    static final class Group {
        private final int hash;
        private final @Nullable Object key;
        private final byte[][] values;
        private final int[] lengths;
        private final int[] counts;

        Group(int hash, @Nullable Object key, int inputs) {
            this.hash = hash;
            this.key = key;
            values = new byte[inputs][];
            Arrays.fill(values, NOTHING);
            lengths = new int[inputs];
            counts = new int[inputs];
        }

        int hash() {
            return hash;
        }

        @Nullable
        Object key() {
            return key;
        }

        byte[] values(int input) {
            return values[input];
        }

        int length(int input) {
            return lengths[input];
        }

        int count(int input) {
            return counts[input];
        }
    }

    /** Adds a value; false says that memory was refused and the table must be emptied before the next one. */
    boolean add(int input, @Nullable Object key, @Nullable Object value) {
        Group group = group(key);
        writer.clear();
        writer.write(value);
        append(group, input, writer.buffer(), writer.size());
        if (writer.capacity() > MAX_VALUES_BYTES / 4) {
            writer.shrink();
        }
        return !full && memory.tryHold(bytes + (long) SLOT_BYTES * table.length);
    }

    private Group group(@Nullable Object key) {
        int hash = CombiningMap.hash(key);
        int mask = table.length - 1;
        int slot = hash & mask;
        for (Group found = table[slot]; found != null; found = table[slot]) {
            if (found.hash == hash && (key == null ? found.key == null : key.equals(found.key))) {
                return found;
            }
            slot = slot + 1 & mask;
        }
        Group group = new Group(hash, key, inputs);
        table[slot] = group;
        bytes += GROUP_BYTES + footprint.of(key) + inputs * 40L;
        if (++size * 3L > table.length * 2L) {
            rehash();
        }
        return group;
    }

    private void append(Group group, int input, byte[] value, int length) {
        int at = group.lengths[input];
        int needed = Math.addExact(at + Integer.BYTES, length);
        byte[] old = group.values[input];
        if (needed > old.length) {
            int capacity = Math.max(needed, Math.max(FIRST_VALUES_BYTES, old.length + (old.length >> 1)));
            group.values[input] = Arrays.copyOf(old, capacity);
            bytes += capacity - old.length;
        }
        byte[] into = group.values[input];
        into[at] = (byte) (length >>> 24);
        into[at + 1] = (byte) (length >>> 16);
        into[at + 2] = (byte) (length >>> 8);
        into[at + 3] = (byte) length;
        System.arraycopy(value, 0, into, at + Integer.BYTES, length);
        group.lengths[input] = needed;
        group.counts[input]++;
        full |= needed > MAX_VALUES_BYTES;
    }

    static int intAt(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    private void rehash() {
        @Nullable Group[] old = table;
        table = new Group[old.length * 2];
        int mask = table.length - 1;
        for (Group group : old) {
            if (group != null) {
                int slot = group.hash & mask;
                while (table[slot] != null) {
                    slot = slot + 1 & mask;
                }
                table[slot] = group;
            }
        }
    }

    /** All groups in the order of their hashes; the table is empty afterwards, its memory still held. */
    Group[] takeByHash() {
        Group[] groups = new Group[size];
        int count = 0;
        for (Group group : table) {
            if (group != null) {
                groups[count++] = group;
            }
        }
        Arrays.sort(groups, (left, right) -> Integer.compare(left.hash, right.hash));
        table = new Group[FIRST_CAPACITY];
        size = 0;
        bytes = 0;
        full = false;
        return groups;
    }

    void release() {
        memory.hold(0);
    }
}
