package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.util.ReflectionUtils;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's file of an output: one line per record. Invisible until {@link #commit()}, which the driver must have
 * granted; closing without it removes what was written. Belongs to the thread of its task.
 */
public final class TextOutput implements Closeable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FileSystem files;
    private final OutputLayout layout;
    private final AttemptId attempt;
    private final OutputStream out;
    private final @Nullable Compressor compressor;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private long bytesWritten;
    private boolean finished;
    private boolean committed;

    private TextOutput(
            FileSystem files,
            OutputLayout layout,
            AttemptId attempt,
            OutputStream out,
            @Nullable Compressor compressor) {
        this.files = files;
        this.layout = layout;
        this.attempt = attempt;
        this.out = out;
        this.compressor = compressor;
    }

    /** Begins the file of an attempt. */
    public static TextOutput open(Output output, AttemptId attempt, Configuration configuration) {
        OutputLayout layout = new OutputLayout(new Path(output.getPath()));
        String name = String.format(Locale.ROOT, "part-%05d", attempt.partition());
        try {
            FileSystem files = layout.directory().getFileSystem(configuration);
            if (output.getCodec().isEmpty()) {
                OutputStream out = files.create(new Path(layout.attempt(attempt), name), true);
                return new TextOutput(files, layout, attempt, out, null);
            }
            CompressionCodec codec = codec(output.getCodec(), configuration);
            Compressor compressor = CodecPool.getCompressor(codec);
            OutputStream file =
                    files.create(new Path(layout.attempt(attempt), name + codec.getDefaultExtension()), true);
            return new TextOutput(files, layout, attempt, codec.createOutputStream(file, compressor), compressor);
        } catch (IOException e) {
            throw FileTrouble.of(output.getPath(), e);
        }
    }

    /** Appends {@code String.valueOf(record)} and a line feed. */
    public void write(@Nullable Object record) {
        byte[] line = String.valueOf(record).getBytes(StandardCharsets.UTF_8);
        if (line.length >= buffer.length - filled) {
            flush();
        }
        if (line.length >= buffer.length) {
            writeThrough(line, line.length);
        } else {
            System.arraycopy(line, 0, buffer, filled, line.length);
            filled += line.length;
        }
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = '\n';
    }

    /** Everything is written and closed; nothing is visible yet. */
    public void finish() {
        flush();
        try {
            out.close();
        } catch (IOException e) {
            throw trouble(e);
        }
        finished = true;
        release();
    }

    /** Bytes of records so far, before compression. */
    public long bytesWritten() {
        return bytesWritten + filled;
    }

    /** Makes this attempt the task's output. May be repeated. */
    public void commit() {
        if (!finished) {
            throw new IllegalStateException("An output is committed after it is finished.");
        }
        Path from = layout.attempt(attempt);
        Path to = layout.committedTask(attempt);
        try {
            if (files.exists(from)) {
                files.delete(to, true);
                if (!files.rename(from, to)) {
                    throw new IOException(from + " could not be renamed to " + to);
                }
            } else if (!files.exists(to)) {
                throw new IOException(from + " is gone before it was committed");
            }
            committed = true;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        try {
            if (!finished) {
                finished = true;
                out.close();
                release();
            }
        } finally {
            files.delete(layout.attempt(attempt), true);
        }
    }

    private static CompressionCodec codec(String name, Configuration configuration) throws IOException {
        try {
            Class<?> type = configuration.getClassByName(name);
            return (CompressionCodec) ReflectionUtils.newInstance(type, configuration);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException(name + " is not a compression codec of this Hadoop", e);
        }
    }

    private void flush() {
        writeThrough(buffer, filled);
        filled = 0;
    }

    private void writeThrough(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
            bytesWritten += length;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private void release() {
        if (compressor != null) {
            CodecPool.returnCompressor(compressor);
        }
    }

    private RuntimeException trouble(IOException e) {
        return FileTrouble.of(layout.directory().toString(), e);
    }
}
