package io.raddle.shuffle;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;

/**
 * The compressed pieces that partitions are made of: length, raw length (4 bytes each), codec (1 byte), payload. Each
 * holds whole records and can be read by itself. Used by one thread; keeps a buffer.
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

    private final FrameCodec codec;
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4FastDecompressor decompressor =
            LZ4Factory.fastestInstance().fastDecompressor();
    private byte[] buffer = new byte[0];

    /** Frames are opened whatever their codec. */
    Frames(FrameCodec codec) {
        this.codec = codec;
    }

    /** The frame of the first {@code size} bytes of {@code raw}. */
    byte[] seal(byte[] raw, int size) {
        int length = compress(raw, size);
        byte written = codec == FrameCodec.ZSTD ? ZSTD : LZ4;
        if (length >= size) {
            System.arraycopy(raw, 0, room(size), HEADER_BYTES, size);
            length = size;
            written = STORED;
        }
        ByteBuffer.wrap(buffer).putInt(length).putInt(size).put(written);
        return Arrays.copyOf(buffer, HEADER_BYTES + length);
    }

    /** Compresses into the buffer and gives the length there, or as much as was given where that is not worth while. */
    private int compress(byte[] raw, int size) {
        switch (codec) {
            case NONE:
                return size;
            case LZ4:
                int most = compressor.maxCompressedLength(size);
                return compressor.compress(raw, 0, size, room(most), HEADER_BYTES, most);
            case ZSTD:
                int bound = (int) Zstd.compressBound(size);
                long length = Zstd.compressByteArray(room(bound), HEADER_BYTES, bound, raw, 0, size, ZSTD_LEVEL);
                return Zstd.isError(length) ? size : (int) length;
        }
        throw new IllegalStateException("no such codec: " + codec);
    }

    private byte[] room(int bytes) {
        if (buffer.length < HEADER_BYTES + bytes) {
            buffer = new byte[HEADER_BYTES + bytes];
        }
        return buffer;
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

    /** The records of a frame whose payload starts at {@code offset}. */
    byte[] open(Header header, byte[] bytes, int offset) throws BadBlockException {
        if (header.codec == STORED) {
            return Arrays.copyOfRange(bytes, offset, offset + header.length);
        }
        byte[] raw = new byte[header.rawLength];
        if (header.codec == ZSTD) {
            long read = Zstd.decompressByteArray(raw, 0, raw.length, bytes, offset, header.length);
            if (Zstd.isError(read) || read != raw.length) {
                throw new BadBlockException("a frame of " + header.length + " bytes cannot be decompressed");
            }
            return raw;
        }
        try {
            int read = decompressor.decompress(bytes, offset, raw, 0, raw.length);
            if (read != header.length) {
                throw new BadBlockException("a frame of " + header.length + " bytes ends after " + read);
            }
        } catch (LZ4Exception e) {
            throw new BadBlockException("a frame cannot be decompressed: " + e.getMessage());
        }
        return raw;
    }
}
