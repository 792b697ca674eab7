package io.raddle.block;

import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of a partition that gather in memory. Used by the task's thread. */
sealed interface Run {
    /** A chunk is closed when it holds this much. */
    int CHUNK_BYTES = 32 << 10;

    void add(@Nullable Object record);

    /** About the memory that they take now. */
    long bytes();

    /** All that was added; nothing is added any more. */
    Kept seal();

    /** Gathers the records themselves and estimates their size from some of them. */
    final class OfObjects implements Run {
        private static final int REFERENCE_BYTES = 4;
        private static final int ALL_OF_THE_FIRST = 64;
        private static final int EVERY = 64;

        private final RecordFormat format;
        private final HeapSize sizes;
        private @Nullable Object[] records = new Object[16];
        private int count;
        private int measured;
        private long measuredBytes;

        OfObjects(RecordFormat format) {
            this.format = format;
            this.sizes = new HeapSize(format);
        }

        @Override
        public void add(@Nullable Object record) {
            if (count == records.length) {
                records = Arrays.copyOf(records, count + (count >> 1));
            }
            Object own = Detached.of(record, format);
            if (count < ALL_OF_THE_FIRST || count % EVERY == 0) {
                measuredBytes += sizes.of(own);
                measured++;
            }
            records[count++] = own;
        }

        @Override
        public long bytes() {
            return (long) records.length * REFERENCE_BYTES
                    + (measured == 0 ? 0 : (long) ((double) measuredBytes / measured * count));
        }

        @Override
        public Kept seal() {
            records = records.length == count ? records : Arrays.copyOf(records, count);
            return new Kept.Objects(records, count, bytes(), format);
        }
    }

    /** Gathers serialized records. */
    final class OfBytes implements Run {
        private final RecordWriter writer;
        private final List<byte[]> chunks = new ArrayList<>();
        private long closed;

        OfBytes(RecordFormat format) {
            writer = format.writer();
        }

        @Override
        public void add(@Nullable Object record) {
            writer.write(record);
            if (writer.size() >= CHUNK_BYTES) {
                close();
            }
        }

        private void close() {
            if (writer.size() > 0) {
                byte[] chunk = writer.toByteArray();
                chunks.add(chunk);
                closed += chunk.length;
                writer.shrink();
            }
        }

        @Override
        public long bytes() {
            return closed + writer.size();
        }

        @Override
        public Kept seal() {
            close();
            return new Kept.Chunks(chunks, closed);
        }
    }
}
