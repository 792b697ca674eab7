package io.raddle.block;

import io.raddle.serde.RecordFormat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is kept of one partition. Immutable, so any number of tasks may read it. */
sealed interface Kept {
    long memoryBytes();

    long diskBytes();

    /**
     * The records from the first on.
     *
     * @param atEnd called when the last one was read, if they are
     * @param onBad what to throw when bytes turn out to be bad half way
     * @throws IOException when already the first bytes cannot be read
     */
    Iterator<@Nullable Object> open(RecordFormat format, Runnable atEnd, Function<IOException, RuntimeException> onBad)
            throws IOException;

    /**
     * The records as a framed stream of chunks.
     *
     * @param atClose called when the stream is closed
     */
    InputStream bytes(Runnable atClose) throws IOException;

    /** The records themselves, with an estimate of their size and how they are serialized. */
    record Objects(@Nullable Object[] records, int count, long memoryBytes, RecordFormat serializing) implements Kept {
        @Override
        public long diskBytes() {
            return 0;
        }

        @Override
        public Iterator<@Nullable Object> open(
                RecordFormat format, Runnable atEnd, Function<IOException, RuntimeException> onBad) {
            return new ObjectReader(records, count, atEnd);
        }

        @Override
        public InputStream bytes(Runnable atClose) {
            return new FramedBytes(new SerializedChunks(this), atClose);
        }
    }

    /** Serialized records in pieces that can be read one by one. */
    record Chunks(List<byte[]> chunks, long memoryBytes) implements Kept {
        public Chunks {
            chunks = List.copyOf(chunks);
        }

        @Override
        public long diskBytes() {
            return 0;
        }

        @Override
        public Iterator<@Nullable Object> open(
                RecordFormat format, Runnable atEnd, Function<IOException, RuntimeException> onBad) throws IOException {
            return new ChunkReader(source(), format, atEnd, onBad);
        }

        private ChunkReader.Source source() {
            Iterator<byte[]> rest = chunks.iterator();
            return () -> rest.hasNext() ? rest.next() : ChunkReader.END;
        }

        @Override
        public InputStream bytes(Runnable atClose) {
            return new FramedBytes(source(), atClose);
        }
    }

    /** The same pieces in a file. */
    record OnDisk(BlockFile file) implements Kept {
        @Override
        public long memoryBytes() {
            return 0;
        }

        @Override
        public long diskBytes() {
            return file.bytes();
        }

        @Override
        public Iterator<@Nullable Object> open(
                RecordFormat format, Runnable atEnd, Function<IOException, RuntimeException> onBad) throws IOException {
            BlockFile.Reader reader = file.open();
            try {
                return new ChunkReader(reader, format, atEnd, onBad);
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        }

        @Override
        public InputStream bytes(Runnable atClose) throws IOException {
            return new FilterInputStream(file.stream()) {
                @Override
                public void close() throws IOException {
                    atClose.run();
                    super.close();
                }
            };
        }
    }

    /** Steps through records in memory: the innermost loop of every iteration over cached data. */
    final class ObjectReader implements Iterator<@Nullable Object> {
        private final @Nullable Object[] records;
        private final int count;
        private final Runnable atEnd;
        private int next;

        private ObjectReader(@Nullable Object[] records, int count, Runnable atEnd) {
            this.records = records;
            this.count = count;
            this.atEnd = atEnd;
        }

        @Override
        public boolean hasNext() {
            if (next < count) {
                return true;
            }
            atEnd.run();
            return false;
        }

        @Override
        public @Nullable Object next() {
            if (next >= count) {
                throw new NoSuchElementException();
            }
            return records[next++];
        }
    }
}
