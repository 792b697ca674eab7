package io.raddle.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines that start within {@code [start, end)} of a stream, ended by a line feed with or without a carriage return
 * before it, or by the end of the stream. One buffer is reused for all lines; of a line that crosses the end only what it
 * needs is read beyond. Malformed UTF-8 becomes U+FFFD. Belongs to one thread.
 */
final class SplitLines implements Lines {
    static final int BUFFER_BYTES = 128 << 10;
    private static final int BEYOND_BYTES = 8 << 10;
    /** Hadoop's own limit of a line is the same: what one array can hold. */
    static final int LINE_LIMIT_BYTES = Integer.MAX_VALUE - 64;

    private final InputStream in;
    private final LongConsumer bytesRead;
    private final long end;
    private final int lineLimitBytes;
    private byte[] buffer;
    private int head;
    private int tail;
    // Offset in the stream of buffer[tail].
    private long streamAt;
    private boolean streamEnded;

    /**
     * Takes a stream that stands at {@code start - 1}, or at 0 when that is the start: only the byte before tells whether
     * a line starts there.
     */
    SplitLines(InputStream in, long start, long end, int bufferBytes, LongConsumer bytesRead) throws IOException {
        this(in, start, end, bufferBytes, LINE_LIMIT_BYTES, bytesRead);
    }

    /** The same with another limit of what a line may take. */
    SplitLines(InputStream in, long start, long end, int bufferBytes, int lineLimitBytes, LongConsumer bytesRead)
            throws IOException {
        this.in = in;
        this.lineLimitBytes = lineLimitBytes;
        this.end = end;
        this.bytesRead = bytesRead;
        this.buffer = new byte[bufferBytes];
        this.streamAt = Math.max(0, start - 1);
        if (start > 0) {
            skipLine();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    @Override
    public @Nullable String next() throws IOException {
        if (position() >= end) {
            return null;
        }
        int searched = head;
        while (true) {
            int found = LineSearch.lineFeed(buffer, searched, tail);
            if (found >= 0) {
                String line = line(found);
                head = found + 1;
                return line;
            }
            int unsearched = tail - head;
            if (!fill()) {
                if (head == tail) {
                    return null;
                }
                String line = line(tail);
                head = tail;
                return line;
            }
            searched = head + unsearched;
        }
    }

    private String line(int lineEnd) {
        int length = lineEnd - head;
        if (length > 0 && buffer[lineEnd - 1] == '\r') {
            length--;
        }
        return new String(buffer, head, length, StandardCharsets.UTF_8);
    }

    private void skipLine() throws IOException {
        while (true) {
            int found = LineSearch.lineFeed(buffer, head, tail);
            if (found >= 0) {
                head = found + 1;
                return;
            }
            head = tail;
            if (position() >= end || !fill()) {
                return;
            }
        }
    }

    private long position() {
        return streamAt - (tail - head);
    }

    private boolean fill() throws IOException {
        if (streamEnded) {
            return false;
        }
        makeRoom();
        long within = end - streamAt;
        int room = buffer.length - tail;
        int wanted = (int) Math.min(room, within > 0 ? within : BEYOND_BYTES);
        int count = in.read(buffer, tail, wanted);
        if (count < 0) {
            streamEnded = true;
            return false;
        }
        tail += count;
        streamAt += count;
        bytesRead.accept(count);
        return true;
    }

    private void makeRoom() throws IOException {
        if (head == tail) {
            head = 0;
            tail = 0;
        } else if (tail == buffer.length && head > 0) {
            System.arraycopy(buffer, head, buffer, 0, tail - head);
            tail -= head;
            head = 0;
        } else if (tail == buffer.length) {
            if (buffer.length >= lineLimitBytes) {
                throw new LineTooLong(position(), lineLimitBytes);
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(lineLimitBytes, 2L * buffer.length));
        }
    }
}
