package io.raddle.shuffle;

import io.raddle.serde.ClassTable;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import io.raddle.serde.Sequence;
import io.raddle.serde.TooLarge;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The values of one key, kept serialized: in memory, and in temporary files where there are many. Each iteration decodes
 * them anew, in the order in which they came, until the task ends. Used by the task's thread.
 */
final class StoredValues implements Sequence {
    private static final int WINDOW_BYTES = 32 << 10;

    private final RecordFormat format;
    private final ClassTable table;
    private final List<Segment> segments = new ArrayList<>(1);
    private long count;

    StoredValues(RecordFormat format, ClassTable table) {
        this.format = format;
        this.table = table;
    }

    /** Values, each behind its length: in {@code bytes}, or in {@code file} where that is given. */
    record Segment(byte[] bytes, @Nullable SpillFile file, long start, long length) {}

    void add(Segment segment, long values) {
        if (values > 0) {
            segments.add(segment);
            count += values;
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return new Values();
    }

    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        forEach(value -> texts.add(String.valueOf(value)));
        return texts.toString();
    }

    private final class Values implements Iterator<@Nullable Object> {
        private final Iterator<Segment> rest = segments.iterator();
        private final RecordReader reader = format.reader(table);
        private long left = count;
        private @Nullable Segment segment;
        private long position;
        private byte[] window = new byte[0];
        private int at;
        private int limit;

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public @Nullable Object next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            left--;
            if (at == limit && (segment == null || position == segment.length)) {
                open(rest.next());
            }
            int length = varInt();
            require(length);
            reader.reset(window, at, length);
            at += length;
            return reader.read();
        }

        private int varInt() {
            int value = 0;
            int shift = 0;
            byte next;
            do {
                require(1);
                next = window[at++];
                value |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            return value;
        }

        private void open(Segment next) {
            segment = next;
            if (next.file == null) {
                window = next.bytes;
                at = (int) next.start;
                limit = (int) (next.start + next.length);
                position = next.length;
            } else {
                window = new byte[0];
                at = 0;
                limit = 0;
                position = 0;
            }
        }

        /** Makes {@code bytes} bytes readable at {@code at}. */
        private void require(int bytes) {
            int there = limit - at;
            if (there >= bytes) {
                return;
            }
            Segment from = segment;
            if (from == null || from.file == null) {
                throw new IllegalStateException("values end early");
            }
            byte[] old = window;
            if (window.length < bytes) {
                window = TooLarge.array(Math.max(bytes, (int) Math.min(WINDOW_BYTES, from.length)));
            }
            System.arraycopy(old, at, window, 0, there);
            int more = (int) Math.min(window.length - there, from.length - position);
            from.file.read(from.start + position, window, there, more);
            position += more;
            at = 0;
            limit = there + more;
        }
    }
}
