package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;

/** The one file of an attempt, from its creation to its commit or its end without one. Belongs to the task's thread. */
final class AttemptFile implements Closeable {
    private final FileSystem files;
    private final OutputLayout layout;
    private final AttemptId attempt;
    private final Compression.Compressed out;
    private boolean finished;
    private boolean committed;

    private AttemptFile(FileSystem files, OutputLayout layout, AttemptId attempt, Compression.Compressed out) {
        this.files = files;
        this.layout = layout;
        this.attempt = attempt;
        this.out = out;
    }

    static AttemptFile create(Output output, AttemptId attempt, Configuration configuration) {
        OutputLayout layout = new OutputLayout(new Path(output.getPath()));
        String name = String.format(Locale.ROOT, "part-%05d", attempt.partition());
        try {
            FileSystem files = layout.directory().getFileSystem(configuration);
            if (output.getCodec().isEmpty()) {
                OutputStream out = files.create(new Path(layout.attempt(attempt), name), true);
                return new AttemptFile(files, layout, attempt, new Compression.Compressed(out, () -> {}));
            }
            CompressionCodec codec = Compression.named(output.getCodec(), configuration);
            OutputStream file =
                    files.create(new Path(layout.attempt(attempt), name + codec.getDefaultExtension()), true);
            return new AttemptFile(files, layout, attempt, Compression.writing(codec, file));
        } catch (IOException e) {
            throw FileTrouble.of(output.getPath(), e);
        }
    }

    void write(byte[] bytes, int length) {
        try {
            out.content().write(bytes, 0, length);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    void finish() {
        finished = true;
        try {
            out.content().close();
            out.afterwards().close();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** May be repeated. */
    void commit() {
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
                out.content().close();
                out.afterwards().close();
            }
        } finally {
            files.delete(layout.attempt(attempt), true);
        }
    }

    private RuntimeException trouble(IOException e) {
        return FileTrouble.of(layout.directory().toString(), e);
    }
}
