package io.raddle.shuffle;

import com.github.luben.zstd.Zstd;
import io.raddle.serde.TooLarge;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The compressed pieces that partitions are made of: length, raw length (4 bytes each), codec (1 byte), payload. Each
 * holds whole records and can be read by itself. Used by one thread; keeps buffers.
 */
final class Frames {
    static final int HEADER_BYTES = 9;
    /** A frame is closed when it holds this much; LZ4 is at its best just below 64 KiB. */
    static final int FULL_BYTES = 56 << 10;

    private static final byte STORED = 0;
    private static final byte LZ4 = 1;
    private static final byte ZSTD = 2;
    /** Higher ones cost more time than the network saves. */
    private static final int ZSTD_LEVEL = 1;
    /** What shrinks by less than an eighth costs more to compress and decompress than it saves. */
    private static final int LEAST_GAIN_SHIFT = 3;
    /** After so many frames that did not shrink, only one of {@link #TRIED_OF} is tried, to see whether the data changed. */
    private static final int GIVEN_UP_AFTER = 4;

    private static final int TRIED_OF = 16;

    private final FrameCodec codec;
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    // The one called fast is always the slow one in pure Java.
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private byte[] packed = new byte[0];
    private byte[] opened = new byte[0];
    private int storedInARow;

    /** Frames are opened whatever their codec. */
    Frames(FrameCodec codec) {
        this.codec = codec;
    }

    /** The frame of the first {@code size} bytes of {@code raw}. */
    byte[] seal(byte[] raw, int size) {
        int length = isWorthTrying() ? compress(raw, size) : size;
        if (length > size - Math.max(1, size >> LEAST_GAIN_SHIFT)) {
            storedInARow++;
            forgetLarge();
            return frame(raw, size, size, STORED);
        }
        storedInARow = 0;
        byte[] frame = frame(packed, length, size, codec == FrameCodec.ZSTD ? ZSTD : LZ4);
        forgetLarge();
        return frame;
    }

    private void forgetLarge() {
        if (packed.length > 4 * FULL_BYTES) {
            packed = new byte[0];
        }
    }

    private boolean isWorthTrying() {
        return codec != FrameCodec.NONE && (storedInARow < GIVEN_UP_AFTER || storedInARow % TRIED_OF == 0);
    }

    private static byte[] frame(byte[] payload, int length, int rawLength, byte written) {
        byte[] frame = TooLarge.array(HEADER_BYTES + length);
        ByteBuffer.wrap(frame).putInt(length).putInt(rawLength).put(written).put(payload, 0, length);
        return frame;
    }

    /** Compresses into the buffer and gives the length there, or as much as was given where that is not worth while. */
    private int compress(byte[] raw, int size) {
        return switch (codec) {
            case NONE -> size;
            case LZ4 -> {
                int most = compressor.maxCompressedLength(size);
                yield compressor.compress(raw, 0, size, room(most), 0, most);
            }
            case ZSTD -> {
                int bound = (int) Zstd.compressBound(size);
                long length = Zstd.compressByteArray(room(bound), 0, bound, raw, 0, size, ZSTD_LEVEL);
                yield Zstd.isError(length) ? size : (int) length;
            }
        };
    }

    private byte[] room(int bytes) {
        if (packed.length < bytes) {
            packed = TooLarge.array(bytes);
        }
        return packed;
    }

    /** Header of a frame. */
    record Header(int length, int rawLength, byte codec) {
        static Header of(byte[] bytes, int offset) throws BadBlockException {
            ByteBuffer header = ByteBuffer.wrap(bytes, offset, HEADER_BYTES);
            Header found = new Header(header.getInt(), header.getInt(), header.get());
            if (found.length < 0 || found.rawLength < 0 || found.codec < STORED || found.codec > ZSTD) {
                throw new BadBlockException("a frame has the header " + found);
            }
            return found;
        }
    }

    /** Where the records of a frame lie; the array is used again for the next frame. */
    record Records(byte[] bytes, int offset, int length) {}

    /** The records of a frame whose payload starts at {@code offset}. */
    Records open(Header header, byte[] bytes, int offset) throws BadBlockException {
        if (header.codec == STORED) {
            return new Records(bytes, offset, header.length);
        }
        byte[] raw = opened.length >= header.rawLength ? opened : TooLarge.array(header.rawLength);
        opened = raw.length > 4 * FULL_BYTES ? new byte[0] : raw;
        long read = header.codec == ZSTD
                ? Zstd.decompressByteArray(raw, 0, header.rawLength, bytes, offset, header.length)
                : lz4(header, bytes, offset, raw);
        if (read != header.rawLength) {
            throw new BadBlockException("a frame of " + header.length + " bytes does not give the " + header.rawLength
                    + " bytes that it should");
        }
        return new Records(raw, 0, header.rawLength);
    }

    private long lz4(Header header, byte[] bytes, int offset, byte[] raw) throws BadBlockException {
        try {
            return decompressor.decompress(bytes, offset, header.length, raw, 0, header.rawLength);
        } catch (LZ4Exception e) {
            throw new BadBlockException("a frame cannot be decompressed: " + e.getMessage());
        }
    }
}
