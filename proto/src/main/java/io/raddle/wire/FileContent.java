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
            int at = 0;
            while (at < content.length) {
                int read = in.read(content, at, Math.min(PIECE_BYTES, content.length - at));
                if (read < 0) {
                    throw new EOFException(file + " ends at byte " + at + " of " + content.length);
                }
                at += read;
            }
            return content;
        }
    }
}
