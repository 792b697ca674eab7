package io.raddle.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The bytes of a block where they are kept: how many, their CRC32C from when they were written, and how they are read.
 * Each read is closed, whatever becomes of it.
 */
public record BlockSource(long lengthBytes, int crc32c, Opener opener) {
    /** Begins a read; whoever provides the block may count on it being closed. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** Bytes in memory, which must not change. */
    public static BlockSource of(byte[] bytes) {
        return new BlockSource(bytes.length, crc32c(bytes), () -> new ByteArrayInputStream(bytes));
    }

    /** A file, which must not change. */
    public static BlockSource of(Path file, long lengthBytes, int crc32c) {
        return new BlockSource(lengthBytes, crc32c, () -> Files.newInputStream(file));
    }

    /** The checksum of bytes in memory. */
    public static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
