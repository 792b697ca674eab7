package io.raddle.block;

import io.raddle.id.AttemptId;
import io.raddle.io.FileTrouble;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Partitions as files of one directory of a file system of Hadoop. Stateless; calls block on the file system. */
public record Checkpoint(String directory) {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Asks whether an attempt may publish; throws when it may not. */
    @FunctionalInterface
    public interface Permission {
        /** Returns when the attempt may publish. */
        void obtain() throws InterruptedException;
    }

    /** The file of a partition. */
    public Path file(int partition) {
        return new Path(directory, String.format(Locale.ROOT, "part-%05d", partition));
    }

    /** Writes a partition, which is there as a whole or not at all. Answers how many bytes its file has. */
    public long write(
            AttemptId attempt,
            Configuration configuration,
            RecordFormat format,
            Iterator<?> records,
            Permission permission)
            throws InterruptedException {
        Path target = file(attempt.partition());
        Path own = new Path(
                directory, "_" + target.getName() + "-" + attempt.stage().number() + "-" + attempt.attempt());
        try {
            FileSystem files = target.getFileSystem(configuration);
            try {
                long bytes = write(files, own, format, records);
                permission.obtain();
                files.delete(target, false);
                if (!files.rename(own, target)) {
                    throw new IOException(own + " could not be renamed to " + target);
                }
                return bytes;
            } finally {
                files.delete(own, false);
            }
        } catch (IOException e) {
            throw FileTrouble.of(directory, e);
        }
    }

    private static long write(FileSystem files, Path path, RecordFormat format, Iterator<?> records)
            throws IOException {
        try (DataOutputStream out = files.create(path, true)) {
            RecordWriter writer = format.writer();
            long bytes = 0;
            while (records.hasNext()) {
                writer.write(records.next());
                if (writer.size() >= Run.CHUNK_BYTES || !records.hasNext()) {
                    Framing.write(out, writer.buffer(), writer.size());
                    bytes += Framing.HEADER_BYTES + writer.size();
                    writer.shrink();
                }
            }
            Framing.write(out, ChunkReader.END, 0);
            return bytes + Framing.HEADER_BYTES;
        }
    }

    /** The records of a partition; the file is open until {@code task} ends. */
    public Iterator<?> read(int partition, Configuration configuration, RecordFormat format, TaskMemory task) {
        Path path = file(partition);
        try {
            FileSystem files = path.getFileSystem(configuration);
            DataInputStream in = new DataInputStream(new BufferedInputStream(files.open(path), BUFFER_BYTES));
            task.closeAtEnd(() -> close(in));
            return new ChunkReader(
                    () -> Framing.read(in, path), format, () -> {}, why -> FileTrouble.of(directory, why));
        } catch (IOException e) {
            throw FileTrouble.of(directory, e);
        }
    }

    private static void close(DataInputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
