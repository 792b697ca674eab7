package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.memory.TaskMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file: appended to, then read at any position. It has no name once it is open, so nothing is left behind
 * however the process ends. Used by one thread at a time.
 */
final class SpillFile implements TaskMemory.Resource {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private final FileChannel channel;
    private final LocalDirectories directories;
    private ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
    private long length;

    private SpillFile(Path path, FileChannel channel, LocalDirectories directories) {
        this.path = path;
        this.channel = channel;
        this.directories = directories;
    }

    static SpillFile create(Path path, LocalDirectories directories) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        return new SpillFile(path, channel, directories);
    }

    /** Bytes appended so far. */
    long length() {
        return length;
    }

    void append(byte[] bytes, int offset, int count) {
        int at = offset;
        int left = count;
        while (left > 0) {
            if (!pending.hasRemaining()) {
                flush();
            }
            int now = Math.min(left, pending.remaining());
            pending.put(bytes, at, now);
            at += now;
            left -= now;
        }
        length += count;
    }

    void appendInt(int value) {
        if (pending.remaining() < Integer.BYTES) {
            flush();
        }
        pending.putInt(value);
        length += Integer.BYTES;
    }

    void appendLong(long value) {
        appendInt((int) (value >>> 32));
        appendInt((int) value);
    }

    /** Ends the appending and gives back the buffer for it. */
    void seal() {
        flush();
        pending = ByteBuffer.allocate(0);
    }

    private void flush() {
        pending.flip();
        try {
            while (pending.hasRemaining()) {
                channel.write(pending);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        pending.clear();
    }

    /** Reads exactly {@code count} bytes from {@code position} on. */
    void read(long position, byte[] into, int offset, int count) {
        try {
            if (PositionalRead.of(channel, position, into, offset, count) < count) {
                throw new IOException("the temporary file " + path + " is shorter than what was written");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private RaddleException failed(IOException e) {
        directories.failed(path, e);
        return new RaddleException(new Cause.DisksFailed(directories.node().toString()), e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            directories.failed(path, e);
        }
    }
}
