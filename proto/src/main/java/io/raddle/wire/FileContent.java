package io.raddle.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files into memory piece by piece. At once, the JDK would first put all of it into a direct buffer of that size,
 * and a small container has room for a few MiB of those.
 */
public final class FileContent {
    /** Most bytes to ask of a file at once. */
    public static final int PIECE_BYTES = 128 << 10;

    private FileContent() {}

    /** The whole content of a file that nobody writes to. */
    public static byte[] of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = new byte[Math.toIntExact(Files.size(file))];
            int count = fill(content, in);
            if (count < content.length) {
                throw new EOFException(file + " ends at byte " + count + " of " + content.length);
            }
            return content;
        }
    }

    /** Reads until {@code buffer} is full or {@code in} is at its end; answers how much was read. */
    static int fill(byte[] buffer, InputStream in) throws IOException {
        int at = 0;
        while (at < buffer.length) {
            int read = in.read(buffer, at, Math.min(PIECE_BYTES, buffer.length - at));
            if (read < 0) {
                break;
            }
            at += read;
        }
        return at;
    }
}
