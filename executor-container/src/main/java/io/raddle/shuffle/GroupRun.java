package io.raddle.shuffle;

import io.raddle.serde.RecordReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Groups in a temporary file in the order of their hashes. An entry is: hash, length of the key, then per input count
 * and length of the values, then the key, then the values, which are left where they are when they are many. Used by
 * the task's thread.
 */
final class GroupRun {
    private static final int SMALL_BYTES = 4 << 10;
    private static final int WINDOW_BYTES = 16 << 10;

    private final SpillFile file;
    private final int inputs;

    GroupRun(SpillFile file, int inputs) {
        this.file = file;
        this.inputs = inputs;
    }

    SpillFile file() {
        return file;
    }

    /** A group in a file or still in a table: its key, and where its values are. */
    record Entry(int hash, byte[] key, int[] counts, long[] lengths, StoredValues.Segment values) {
        StoredValues.Segment segment(int input) {
            long start = values.start();
            for (int before = 0; before < input; before++) {
                start += lengths[before];
            }
            return new StoredValues.Segment(values.bytes(), values.file(), start, lengths[input]);
        }
    }

    void append(LogGroups.Group group) {
        file.appendInt(group.hash());
        file.appendInt(group.keyLength());
        for (int input = 0; input < inputs; input++) {
            file.appendInt(group.counts()[input]);
            file.appendLong(group.lengths()[input]);
        }
        file.append(group.keys(), group.keyStart(), group.keyLength());
        file.append(group.values(), group.start(), Math.toIntExact(group.valuesLength()));
    }

    /** Appends an entry of another run as it is. */
    void append(Entry entry) {
        file.appendInt(entry.hash);
        file.appendInt(entry.key.length);
        long bytes = 0;
        for (int input = 0; input < inputs; input++) {
            file.appendInt(entry.counts[input]);
            file.appendLong(entry.lengths[input]);
            bytes += entry.lengths[input];
        }
        file.append(entry.key, 0, entry.key.length);
        copyValues(entry.values, bytes);
    }

    private void copyValues(StoredValues.Segment values, long bytes) {
        SpillFile from = values.file();
        if (from == null) {
            file.append(values.bytes(), (int) values.start(), (int) bytes);
            return;
        }
        byte[] buffer = new byte[WINDOW_BYTES];
        for (long done = 0; done < bytes; done += buffer.length) {
            int count = (int) Math.min(buffer.length, bytes - done);
            from.read(values.start() + done, buffer, 0, count);
            file.append(buffer, 0, count);
        }
    }

    Iterator<Entry> entries() {
        return new Cursor();
    }

    static @Nullable Object decode(byte[] key, RecordReader reader) {
        reader.reset(key, 0, key.length);
        return reader.read();
    }

    /** Reads entries through a window that moves over the file. */
    private final class Cursor implements Iterator<Entry> {
        private byte[] window = new byte[WINDOW_BYTES];
        private long windowStart;
        private int windowBytes;
        private long position;

        @Override
        public boolean hasNext() {
            return position < file.length();
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = bring(2 * Integer.BYTES + inputs * (Integer.BYTES + Long.BYTES));
            int hash = GroupTable.intAt(window, at);
            int keyLength = GroupTable.intAt(window, at + 4);
            int[] counts = new int[inputs];
            long[] lengths = new long[inputs];
            long bytes = 0;
            for (int input = 0; input < inputs; input++) {
                int field = at + 8 + 12 * input;
                counts[input] = GroupTable.intAt(window, field);
                lengths[input] = (long) GroupTable.intAt(window, field + 4) << 32
                        | (GroupTable.intAt(window, field + 8) & 0xffff_ffffL);
                bytes += lengths[input];
            }
            return new Entry(hash, take(keyLength), counts, lengths, values(bytes));
        }

        private StoredValues.Segment values(long bytes) {
            if (bytes <= SMALL_BYTES) {
                return new StoredValues.Segment(take((int) bytes), null, 0, bytes);
            }
            StoredValues.Segment segment = new StoredValues.Segment(new byte[0], file, position, bytes);
            position += bytes;
            return segment;
        }

        private byte[] take(int count) {
            byte[] bytes = new byte[count];
            int at = bring(count);
            System.arraycopy(window, at, bytes, 0, count);
            return bytes;
        }

        /** Makes {@code count} bytes readable in the window, steps over them and says where they are. */
        private int bring(int count) {
            if (position < windowStart || position + count > windowStart + windowBytes) {
                if (window.length < count) {
                    window = new byte[count];
                }
                windowBytes = (int) Math.min(window.length, file.length() - position);
                file.read(position, window, 0, windowBytes);
                windowStart = position;
            }
            int at = (int) (position - windowStart);
            position += count;
            return at;
        }
    }
}
