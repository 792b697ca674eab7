package io.raddle.block;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A block on disk: chunks behind their length and checksum, and an empty one at the end. Immutable once written. */
record BlockFile(Path path, long bytes) {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Opens it for reading from the first chunk on. */
    Reader open() throws IOException {
        return new Reader(path);
    }

    /** All bytes of it, as they travel. */
    InputStream stream() throws IOException {
        return Files.newInputStream(path);
    }

    /** Deletes it; readers that have it open read on. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The directory goes with the container.
            return;
        }
    }

    /** Writes one; without {@link #finish} nothing is left of it. */
    static final class Writer implements AutoCloseable {
        private final Path path;
        private final DataOutputStream out;
        private long bytes;
        private boolean finished;

        Writer(Path path) throws IOException {
            this.path = path;
            Files.createDirectories(path.getParent());
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES));
        }

        void append(byte[] chunk, int length) throws IOException {
            Framing.write(out, chunk, length);
            bytes += Framing.HEADER_BYTES + length;
        }

        BlockFile finish() throws IOException {
            append(ChunkReader.END, 0);
            out.close();
            finished = true;
            return new BlockFile(path, bytes);
        }

        @Override
        public void close() throws IOException {
            if (!finished) {
                try {
                    out.close();
                } finally {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** Reads one, each chunk verified before it is handed out. */
    static final class Reader implements ChunkReader.Source, AutoCloseable {
        private final Path path;
        private final DataInputStream in;

        private Reader(Path path) throws IOException {
            this.path = path;
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
        }

        @Override
        public byte[] next() throws IOException {
            byte[] chunk = Framing.read(in, path);
            if (chunk.length == 0) {
                close();
            }
            return chunk;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                // Nothing was written through it.
                return;
            }
        }
    }
}
