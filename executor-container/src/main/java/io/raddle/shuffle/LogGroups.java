package io.raddle.shuffle;

import io.raddle.serde.RecordReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of logs together by key, log after log: a first pass numbers the keys and adds up what belongs to
 * each, a second one copies the values to where they belong. Used by the task's thread; keeps its arrays from log to log.
 */
final class LogGroups {
    private static final int FIRST_SLOTS = 1 << 10;
    private static final int FIRST_GROUPS = 1 << 8;

    private final int inputs;
    private final RecordReader reader;
    /** The hash of a group in the upper half, its number plus one in the lower; 0 where none is. */
    private long[] slots = new long[FIRST_SLOTS];
    /** The keys of all groups, one behind the other, and where each starts. */
    private byte[] keys = new byte[FIRST_GROUPS * Long.BYTES];

    private int[] keyStarts = new int[FIRST_GROUPS + 1];
    /** Of each input of each group. */
    private int[] counts = new int[0];

    private int[] lengths = new int[0];
    private int[] ends = new int[0];
    private int groups;
    private int[] numbers = new int[0];
    private byte[] log = keys;
    private int cursor;

    LogGroups(int inputs, RecordReader reader) {
        this.inputs = inputs;
        this.reader = reader;
        room();
    }

    /** A key, and its values of all inputs one behind the other; only {@code values} outlives the next group. */
    record Group(
            int hash, byte[] keys, int keyStart, int keyLength, byte[] values, int start, int[] counts, int[] lengths) {
        byte[] key() {
            return Arrays.copyOfRange(keys, keyStart, keyStart + keyLength);
        }

        long valuesLength() {
            long sum = 0;
            for (int length : lengths) {
                sum += length;
            }
            return sum;
        }
    }

    /** The groups of {@code logs}, each of which is let go of once it is brought together. */
    Iterator<Group> of(GroupTable.Log[] logs) {
        return new Groups(logs);
    }

    private final class Groups implements Iterator<Group> {
        private final GroupTable.@Nullable Log[] logs;
        private int nextLog;
        private long[] order = new long[0];
        private int next;
        private byte[] values = new byte[0];

        Groups(GroupTable.Log[] logs) {
            this.logs = logs;
        }

        @Override
        public boolean hasNext() {
            while (next == order.length && nextLog < logs.length) {
                GroupTable.Log from = logs[nextLog];
                logs[nextLog++] = null;
                if (from != null && from.size() > 0) {
                    number(from);
                    order = byHash();
                    values = gathered(from, order);
                    next = 0;
                }
            }
            return next < order.length;
        }

        @Override
        public Group next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long entry = order[next++];
            int group = (int) entry - 1;
            int first = group * inputs;
            int keyStart = keyStarts[group];
            return new Group(
                    (int) (entry >>> 32),
                    keys,
                    keyStart,
                    keyStarts[group + 1] - keyStart,
                    values,
                    ends[first] - lengths[first],
                    Arrays.copyOfRange(counts, first, first + inputs),
                    Arrays.copyOfRange(lengths, first, first + inputs));
        }
    }

    private void number(GroupTable.Log from) {
        clear(from.records());
        log = from.bytes();
        cursor = 0;
        for (int record = 0; cursor < from.size(); record++) {
            int hash = GroupTable.intAt(log, cursor);
            cursor += Integer.BYTES;
            int input = varInt();
            int keyLength = varInt();
            int keyAt = cursor;
            cursor += keyLength;
            int valueAt = cursor;
            int valueLength = varInt();
            cursor += valueLength;
            int group = find(hash, keyAt, keyLength);
            numbers[record] = group;
            counts[group * inputs + input]++;
            lengths[group * inputs + input] += cursor - valueAt;
        }
    }

    private void clear(int records) {
        if (slots.length > FIRST_SLOTS && slots.length / 8 > records) {
            slots = new long[FIRST_SLOTS];
        } else {
            Arrays.fill(slots, 0);
        }
        Arrays.fill(counts, 0, groups * inputs, 0);
        Arrays.fill(lengths, 0, groups * inputs, 0);
        groups = 0;
        if (numbers.length < records || numbers.length / 8 > records) {
            numbers = new int[records + (records >> 2)];
        }
    }

    private int varInt() {
        int value = log[cursor++];
        if (value < 0) {
            value &= 0x7f;
            int shift = 7;
            byte next;
            do {
                next = log[cursor++];
                value |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
        }
        return value;
    }

    private int find(int hash, int keyAt, int keyLength) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if ((int) (entry >>> 32) == hash && isKeyOf((int) entry - 1, keyAt, keyLength)) {
                return (int) entry - 1;
            }
            slot = slot + 1 & mask;
        }
        int group = groups++;
        room();
        slots[slot] = (long) hash << 32 | groups;
        int start = keyStarts[group];
        if (keys.length - start < keyLength) {
            keys = Arrays.copyOf(keys, Math.addExact(start, Math.max(keyLength, start >> 1)));
        }
        System.arraycopy(log, keyAt, keys, start, keyLength);
        keyStarts[groups] = start + keyLength;
        if (groups * 2L > slots.length) {
            rehash();
        }
        return group;
    }

    private boolean isKeyOf(int group, int keyAt, int keyLength) {
        int from = keyStarts[group];
        int to = keyStarts[group + 1];
        if (Arrays.equals(keys, from, to, log, keyAt, keyAt + keyLength)) {
            return true;
        }
        if (RecordReader.isCanonical(keys, from) || RecordReader.isCanonical(log, keyAt)) {
            return false;
        }
        return Objects.equals(decoded(keys, from, to - from), decoded(log, keyAt, keyLength));
    }

    private @Nullable Object decoded(byte[] bytes, int offset, int length) {
        reader.reset(bytes, offset, length);
        return reader.read();
    }

    /** Makes room for the numbers of one more group. */
    private void room() {
        if (groups + 1 >= keyStarts.length) {
            keyStarts = Arrays.copyOf(keyStarts, keyStarts.length + (keyStarts.length >> 1));
        }
        int needed = (groups + 1) * inputs;
        if (needed > counts.length) {
            int capacity = Math.max(needed, Math.max(FIRST_GROUPS, counts.length + (counts.length >> 1)));
            counts = Arrays.copyOf(counts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
    }

    private void rehash() {
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** The entries of all groups in the order of their hashes. */
    private long[] byHash() {
        long[] order = new long[groups];
        int count = 0;
        for (long entry : slots) {
            if (entry != 0) {
                order[count++] = entry;
            }
        }
        Arrays.sort(order);
        return order;
    }

    /** The values of all groups in this order. */
    private byte[] gathered(GroupTable.Log from, long[] order) {
        if (ends.length < counts.length) {
            ends = new int[counts.length];
        }
        int bytes = 0;
        for (long entry : order) {
            int first = ((int) entry - 1) * inputs;
            for (int list = first; list < first + inputs; list++) {
                ends[list] = bytes;
                bytes += lengths[list];
            }
        }
        byte[] values = new byte[bytes];
        cursor = 0;
        for (int record = 0; cursor < from.size(); record++) {
            cursor += Integer.BYTES;
            int list = numbers[record] * inputs + varInt();
            int keyLength = varInt();
            int start = cursor + keyLength;
            cursor = start;
            int valueLength = varInt();
            cursor += valueLength;
            ends[list] = copy(start, cursor - start, values, ends[list]);
        }
        log = keys;
        return values;
    }

    private int copy(int from, int length, byte[] into, int at) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                into[at + i] = log[from + i];
            }
        } else {
            System.arraycopy(log, from, into, at, length);
        }
        return at + length;
    }
}
