package io.raddle.shuffle;

import io.raddle.memory.Reservation;
import io.raddle.serde.RecordReader;
import io.raddle.serde.RecordWriter;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Serialized pairs on their way to groups, for one or several inputs: dealt out by the upper bits of their hash to logs
 * that are only appended to. The keys of one log are few enough to be looked up in the processor's cache when the groups
 * are made. A record of a log is: hash, input, then key and value, each behind its length. Used by the task's thread.
 */
final class GroupTable {
    private static final int BUCKET_BITS = 6;
    private static final int BUCKETS = 1 << BUCKET_BITS;
    private static final int FIRST_LOG_BYTES = 256;
    private static final int MAX_LOG_BYTES = 256 << 20;
    private static final int MAX_FIXED_BYTES = 4 + 3 * 5;
    private static final byte[] NOTHING = {};

    private final RecordWriter writer;
    private final LogGroups grouping;
    private final Reservation memory;
    private Log[] logs = emptyLogs();
    private long bytes;
    private int largest;
    private boolean refused;

    GroupTable(int inputs, RecordWriter writer, RecordReader reader, Reservation memory) {
        this.writer = writer;
        this.memory = memory;
        grouping = new LogGroups(inputs, reader);
    }

    private static Log[] emptyLogs() {
        Log[] logs = new Log[BUCKETS];
        Arrays.setAll(logs, bucket -> new Log());
        return logs;
    }

    /** The records whose hashes have the same upper bits. */
    static final class Log {
        private byte[] bytes = NOTHING;
        private int size;
        private int records;

        byte[] bytes() {
            return bytes;
        }

        int size() {
            return size;
        }

        int records() {
            return records;
        }

        private void putVarInt(int value) {
            int rest = value;
            while ((rest & ~0x7f) != 0) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        private void put(byte[] from, int offset, int length) {
            if (length < Long.BYTES) {
                for (int i = 0; i < length; i++) {
                    bytes[size + i] = from[offset + i];
                }
            } else {
                System.arraycopy(from, offset, bytes, size, length);
            }
            size += length;
        }
    }

    /** Adds a value; false says that memory was refused and the table must be emptied before the next one. */
    boolean add(int input, @Nullable Object key, @Nullable Object value) {
        writer.clear();
        writer.write(key);
        int keyLength = writer.size();
        writer.write(value);
        boolean granted = add(input, CombiningMap.hash(key), writer.buffer(), 0, keyLength, writer.size() - keyLength);
        if (writer.capacity() > MAX_LOG_BYTES / 4) {
            writer.shrink();
        }
        return granted;
    }

    /** The same for a key and, right behind it, its value, both as a writer of this table's classes would write them. */
    boolean add(int input, int hash, byte[] from, int offset, int keyLength, int valueLength) {
        Log log = logs[(hash ^ Integer.MIN_VALUE) >>> Integer.SIZE - BUCKET_BITS];
        int needed = Math.addExact(Math.addExact(log.size + MAX_FIXED_BYTES, keyLength), valueLength);
        if (needed > log.bytes.length) {
            grow(log, needed);
        }
        byte[] into = log.bytes;
        int at = log.size;
        into[at] = (byte) (hash >>> 24);
        into[at + 1] = (byte) (hash >>> 16);
        into[at + 2] = (byte) (hash >>> 8);
        into[at + 3] = (byte) hash;
        log.size = at + Integer.BYTES;
        log.putVarInt(input);
        log.putVarInt(keyLength);
        log.put(from, offset, keyLength);
        log.putVarInt(valueLength);
        log.put(from, offset + keyLength, valueLength);
        log.records++;
        return !refused;
    }

    private void grow(Log log, int needed) {
        int old = log.bytes.length;
        int capacity = Math.max(needed, Math.max(FIRST_LOG_BYTES, old + (old >> 1)));
        log.bytes = Arrays.copyOf(log.bytes, capacity);
        bytes += capacity - old;
        largest = Math.max(largest, capacity);
        // One log at a time is there twice: as it came, and brought together.
        refused |= needed > MAX_LOG_BYTES || !memory.tryHold(bytes + 2L * largest);
    }

    static int intAt(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    /**
     * All groups in the order of their hashes, each to be used before the next is taken; the table is empty afterwards,
     * its memory still held.
     */
    Iterator<LogGroups.Group> takeByHash() {
        Log[] taken = logs;
        logs = emptyLogs();
        bytes = 0;
        largest = 0;
        refused = false;
        return grouping.of(taken);
    }

    void release() {
        memory.hold(0);
    }
}
