package io.raddle.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The bytes of a block where they are kept: how many, their CRC32C from when they were written, and how they are read;
 * {@code framed} ones carry checksums within and are of any length.
 * Each read is closed, whatever becomes of it.
 */
public record BlockSource(long lengthBytes, int crc32c, boolean framed, Opener opener) {
    /** Bytes whose length and checksum are known. */
    public BlockSource(long lengthBytes, int crc32c, Opener opener) {
        this(lengthBytes, crc32c, false, opener);
    }

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

    /** Chunks that check themselves, made as they are read: nobody knows how long they are together. */
    public static BlockSource framed(Opener opener) {
        return new BlockSource(0, 0, true, opener);
    }

    /** The checksum of bytes in memory. */
    public static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
