package io.raddle.block;

import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import io.raddle.shuffle.LocalDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/** Writes blocks to the local disks. A disk that fails is not used again. Safe for all threads. */
final class BlockWriter {
    private final LocalDirectories directories;
    private final AtomicLong files = new AtomicLong();

    BlockWriter(LocalDirectories directories) {
        this.directories = directories;
    }

    /** Writes what is kept in memory. */
    Kept write(BlockId id, RecordFormat format, Kept kept) throws IOException {
        if (kept instanceof Kept.Chunks chunks) {
            return write(id, file -> {
                for (byte[] chunk : chunks.chunks()) {
                    file.append(chunk, chunk.length);
                }
            });
        }
        return write(id, format, kept.open(format, () -> {}, IllegalStateException::new));
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
