package io.raddle.block;

import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import io.raddle.shuffle.LocalDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes blocks to the local disks. A disk that fails is not used again. Safe for all threads. */
final class BlockWriter {
    private final LocalDirectories directories;
    private final AtomicLong files = new AtomicLong();

    BlockWriter(LocalDirectories directories) {
        this.directories = directories;
    }

    /** Writes what is kept in memory. */
    Kept write(BlockId id, Kept.Chunks kept) throws IOException {
        return write(id, file -> {
            for (byte[] chunk : kept.chunks()) {
                file.append(chunk, chunk.length);
            }
        });
    }

    /** Writes what is kept in memory. */
    Kept write(BlockId id, Kept.Objects kept) throws IOException {
        RecordFormat format = kept.serializing();
        return write(id, format, kept.open(format, () -> {}, IllegalStateException::new));
    }

    /** Writes chunks that are here and those that follow; failures to bring these are no failures of the disk. */
    Kept write(BlockId id, List<byte[]> beginning, ChunkReader.Source rest) throws IOException {
        try {
            return write(id, file -> {
                for (byte[] chunk : beginning) {
                    file.append(chunk, chunk.length);
                }
                for (byte[] chunk = next(rest); chunk.length > 0; chunk = next(rest)) {
                    file.append(chunk, chunk.length);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] next(ChunkReader.Source chunks) {
        try {
            return chunks.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes records; when that fails, some of them are read and lost. */
    Kept write(BlockId id, RecordFormat format, Iterator<?> records) throws IOException {
        return write(id, file -> {
            RecordWriter writer = format.writer();
            while (records.hasNext()) {
                writer.write(records.next());
                if (writer.size() >= Run.CHUNK_BYTES) {
                    file.append(writer.buffer(), writer.size());
                    writer.shrink();
                }
            }
            if (writer.size() > 0) {
                file.append(writer.buffer(), writer.size());
            }
        });
    }

    private interface Content {
        void writeTo(BlockFile.Writer file) throws IOException;
    }

    private Kept write(BlockId id, Content content) throws IOException {
        String name = "block-" + id.storage() + "-" + id.partition() + "-" + files.incrementAndGet();
        Path directory = directories.scratch(name);
        try (BlockFile.Writer file = new BlockFile.Writer(directory.resolve(name))) {
            content.writeTo(file);
            return new Kept.OnDisk(file.finish());
        } catch (IOException e) {
            directories.failed(directory, e);
            throw e;
        }
    }
}
