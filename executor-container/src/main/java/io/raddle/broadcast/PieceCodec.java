package io.raddle.broadcast;

import java.io.IOException;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** Pieces as they are kept and sent: a byte that tells how, and the bytes, compressed where that pays. Stateless. */
public final class PieceCodec {
    /** Length of a piece before compression: long beside a round trip, short beside a value worth broadcasting. */
    public static final int PIECE_BYTES = 4 << 20;

    private static final byte STORED = 0;
    private static final byte LZ4 = 1;

    private PieceCodec() {}

    /** How many pieces a value of so many bytes has. */
    public static int pieces(long sizeBytes) {
        return (int) ((sizeBytes + PIECE_BYTES - 1) / PIECE_BYTES);
    }

    /** Packs {@code count} bytes from {@code offset} on. */
    public static byte[] pack(byte[] raw, int offset, int count) {
        LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
        byte[] packed = new byte[1 + Math.max(count, compressor.maxCompressedLength(count))];
        int length = compressor.compress(raw, offset, count, packed, 1, packed.length - 1);
        if (length >= count) {
            System.arraycopy(raw, offset, packed, 1, count);
            packed[0] = STORED;
            return Arrays.copyOf(packed, 1 + count);
        }
        packed[0] = LZ4;
        return Arrays.copyOf(packed, 1 + length);
    }

    /** Unpacks into {@code count} bytes from {@code offset} on. */
    static void unpack(byte[] packed, byte[] into, int offset, int count) throws IOException {
        try {
            if (packed.length == 1 + count && packed[0] == STORED) {
                System.arraycopy(packed, 1, into, offset, count);
            } else if (packed.length < 2
                    || packed[0] != LZ4
                    || LZ4Factory.fastestInstance().fastDecompressor().decompress(packed, 1, into, offset, count)
                            != packed.length - 1) {
                throw new IOException("a piece of " + packed.length + " bytes does not unpack to " + count);
            }
        } catch (LZ4Exception e) {
            throw new IOException("a piece of " + packed.length + " bytes cannot be unpacked", e);
        }
    }
}
