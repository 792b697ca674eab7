package io.raddle.shuffle;

import io.raddle.serde.TooLarge;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * One partition of one map output, brought near: in memory, or in a file when it is large. Nothing may be decoded before
 * {@link #verify}. Used by the task's thread.
 */
final class Block implements AutoCloseable {
    private static final int COPY_BYTES = 64 << 10;

    private final MapOutputLocation location;
    private final long rawLength;
    private final long length;
    private final Source source;
    private final Runnable release;
    private boolean closed;

    Block(MapOutputLocation location, long rawLength, long length, Source source) {
        this(location, rawLength, length, source, () -> {});
    }

    private Block(MapOutputLocation location, long rawLength, long length, Source source, Runnable release) {
        this.location = location;
        this.rawLength = rawLength;
        this.length = length;
        this.source = source;
        this.release = release;
    }

    /** The same block; {@code action} runs once when it is not needed any more. */
    Block releasing(Runnable action) {
        return new Block(location, rawLength, length, source, action);
    }

    /** The bytes of a block, from position 0. */
    interface Source extends AutoCloseable {
        void read(long position, byte[] into, int offset, int count) throws IOException;

        @Override
        default void close() {}
    }

    /** A block in memory. */
    record Heap(byte[] bytes) implements Source {
        @Override
        public void read(long position, byte[] into, int offset, int count) {
            System.arraycopy(bytes, (int) position, into, offset, count);
        }
    }

    MapOutputLocation location() {
        return location;
    }

    long length() {
        return length;
    }

    /** Compares the bytes with the checksum that was made when they were written. */
    void verify() throws IOException {
        CRC32C crc = new CRC32C();
        if (source instanceof Heap heap) {
            crc.update(heap.bytes, 0, (int) length);
        } else {
            byte[] buffer = new byte[(int) Math.min(COPY_BYTES, length)];
            for (long at = 0; at < length; at += buffer.length) {
                int count = (int) Math.min(buffer.length, length - at);
                source.read(at, buffer, 0, count);
                crc.update(buffer, 0, count);
            }
        }
        if ((int) crc.getValue() != IndexFile.crcOf(rawLength)) {
            throw new BadBlockException(
                    "the checksum of map output " + location.mapId() + " does not match its " + length + " bytes");
        }
    }

    /** Reads frame after frame; what one gave is overwritten by the next. */
    final class FrameCursor {
        private final Frames frames;
        private byte[] buffer = new byte[0];
        private long position;

        FrameCursor(Frames frames) {
            this.frames = frames;
        }

        boolean hasNext() {
            return position < length;
        }

        Frames.Records next() throws IOException {
            require(Frames.HEADER_BYTES);
            int at = bring(Frames.HEADER_BYTES);
            Frames.Header header = Frames.Header.of(buffer, at);
            position += Frames.HEADER_BYTES;
            require(header.length());
            int payload = bring(header.length());
            Frames.Records records = frames.open(header, buffer, payload);
            position += header.length();
            return records;
        }

        private void require(int count) throws BadBlockException {
            if (length - position < count) {
                throw new BadBlockException("map output " + location.mapId() + " ends within a frame");
            }
        }

        private int bring(int count) throws IOException {
            if (source instanceof Heap heap) {
                buffer = heap.bytes;
                return (int) position;
            }
            if (buffer.length < count) {
                buffer = TooLarge.array(count);
            }
            source.read(position, buffer, 0, count);
            return 0;
        }
    }

    FrameCursor frames(Frames frames) {
        return new FrameCursor(frames);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            source.close();
            release.run();
        }
    }
}
