package io.raddle.shuffle;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands before each block of a response: Hadoop's ShuffleHeader, byte for byte. */
record BlockHeader(String mapId, long length, long rawLength, int reduce) {
    /** More is no header of ours: map ids have about 25 characters. */
    static final int MAX_BYTES = 1100;

    private static final int ONE_BYTE_MIN = -112;
    private static final int NEGATIVE_BELOW = -120;

    void write(ByteBuf out) {
        byte[] name = mapId.getBytes(StandardCharsets.UTF_8);
        writeVar(out, name.length);
        out.writeBytes(name);
        writeVar(out, length);
        writeVar(out, rawLength);
        writeVar(out, reduce);
    }

    /** The header at the reader index, which moves behind it; null, and nothing moves, when it is not all there yet. */
    static @Nullable BlockHeader read(ByteBuf in) throws BadBlockException {
        int start = in.readerIndex();
        BlockHeader header = readWhole(in);
        if (header == null) {
            in.readerIndex(start);
        }
        return header;
    }

    private static @Nullable BlockHeader readWhole(ByteBuf in) throws BadBlockException {
        if (!hasVar(in)) {
            return null;
        }
        long nameLength = readVar(in);
        if (nameLength < 1 || nameLength > MAX_BYTES) {
            throw new BadBlockException("a block starts with something else than a header");
        }
        if (in.readableBytes() < nameLength) {
            return null;
        }
        String name =
                in.readCharSequence((int) nameLength, StandardCharsets.UTF_8).toString();
        long[] numbers = new long[3];
        for (int i = 0; i < numbers.length; i++) {
            if (!hasVar(in)) {
                return null;
            }
            numbers[i] = readVar(in);
        }
        return new BlockHeader(name, numbers[0], numbers[1], (int) numbers[2]);
    }

    /** Hadoop's variable-length numbers: small ones in a byte, else a byte that tells sign and length. */
    static void writeVar(ByteBuf out, long value) {
        if (value >= ONE_BYTE_MIN && value <= Byte.MAX_VALUE) {
            out.writeByte((int) value);
            return;
        }
        long magnitude = value < 0 ? ~value : value;
        int bytes = (Long.SIZE - Long.numberOfLeadingZeros(magnitude) + 7) / 8;
        out.writeByte((value < 0 ? NEGATIVE_BELOW : ONE_BYTE_MIN) - bytes);
        for (int at = bytes - 1; at >= 0; at--) {
            out.writeByte((int) (magnitude >>> 8 * at));
        }
    }

    private static boolean hasVar(ByteBuf in) {
        return in.isReadable() && in.readableBytes() > bytesBehind(in.getByte(in.readerIndex()));
    }

    static long readVar(ByteBuf in) {
        byte first = in.readByte();
        int bytes = bytesBehind(first);
        if (bytes == 0) {
            return first;
        }
        long magnitude = 0;
        for (int i = 0; i < bytes; i++) {
            magnitude = magnitude << 8 | in.readUnsignedByte();
        }
        return first < NEGATIVE_BELOW ? ~magnitude : magnitude;
    }

    private static int bytesBehind(byte first) {
        if (first >= ONE_BYTE_MIN) {
            return 0;
        }
        return first < NEGATIVE_BELOW ? NEGATIVE_BELOW - first : ONE_BYTE_MIN - first;
    }
}
