package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** One attempt's file of an output: one line per record. Belongs to the thread of its task. */
final class TextOutput implements TaskOutput {
    private static final int BUFFER_BYTES = 64 << 10;

    private final AttemptFile file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private long bytesWritten;

    private TextOutput(AttemptFile file) {
        this.file = file;
    }

    static TextOutput open(Output output, AttemptId attempt, Configuration configuration) {
        return new TextOutput(AttemptFile.create(output, attempt, configuration));
    }

    /** Appends {@code String.valueOf(record)} and a line feed. */
    @Override
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

    @Override
    public void finish() {
        flush();
        file.finish();
    }

    @Override
    public long bytesWritten() {
        return bytesWritten + filled;
    }

    @Override
    public void commit() {
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void flush() {
        writeThrough(buffer, filled);
        filled = 0;
    }

    private void writeThrough(byte[] bytes, int length) {
        file.write(bytes, length);
        bytesWritten += length;
    }
}
