package io.raddle.io;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The layout of object files, version 1. A file begins with the eight bytes {@code RdlObjct}, the version as two bytes and a
 * mark of 16 random bytes. Blocks follow: the mark, the length of the records in bytes, how many there are, the CRC32C of
 * their bytes (four bytes each, big-endian), and the records as the record serializer writes them, each block by itself.
 * A reader may begin anywhere and looks for the mark.
 */
final class ObjectFile {
    static final int VERSION = 1;
    static final int MARK_BYTES = 16;
    static final int HEADER_BYTES = 8 + 2 + MARK_BYTES;
    /** The mark and what stands between it and the records. */
    static final int BLOCK_HEADER_BYTES = MARK_BYTES + 12;

    private static final byte[] MAGIC = "RdlObjct".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE_FILE = "SEQ".getBytes(StandardCharsets.US_ASCII);

    private ObjectFile() {}

    static byte[] header(byte[] mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeShort(VERSION);
            out.write(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static boolean hasMagic(byte[] header) {
        return startsWith(header, MAGIC);
    }

    static boolean isSequenceFile(byte[] header) {
        return startsWith(header, SEQUENCE_FILE);
    }

    static int version(byte[] header) {
        return ByteBuffer.wrap(header).getShort(MAGIC.length);
    }

    static byte[] mark(byte[] header) {
        return Arrays.copyOfRange(header, HEADER_BYTES - MARK_BYTES, HEADER_BYTES);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
