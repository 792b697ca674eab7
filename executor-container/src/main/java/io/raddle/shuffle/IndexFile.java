package io.raddle.shuffle;

import io.raddle.wire.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The index beside a data file, as Hadoop's shuffle handler reads it: per record start, raw length and length (8 bytes
 * each), then the CRC-32 of all that. Records 0 to R-1 are the partitions, R is the footer, and then come ranges of 8
 * and of 64 partitions, since the handler serves one record per request. To the handler the raw length is a free field:
 * ours holds the CRC-32C of the bytes in its upper half.
 */
final class IndexFile {
    static final int RECORD_BYTES = 24;

    private final ByteBuffer records;

    private IndexFile(ByteBuffer records) {
        this.records = records;
    }

    /** One record: where its bytes are and what they must be. */
    record Entry(long start, long rawLength, long length) {
        int crc() {
            return crcOf(rawLength);
        }
    }

    static long rawLength(int crc, long rawBytes) {
        return (long) crc << 32 | Math.min(rawBytes, 0xffff_ffffL);
    }

    static int crcOf(long rawLength) {
        return (int) (rawLength >>> 32);
    }

    /** The bytes of an index file with these records. */
    static byte[] encode(Iterable<Entry> entries, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * RECORD_BYTES + Long.BYTES);
        for (Entry entry : entries) {
            bytes.putLong(entry.start).putLong(entry.rawLength).putLong(entry.length);
        }
        bytes.putLong(crc(bytes.array(), bytes.position()));
        return bytes.array();
    }

    static IndexFile read(Path path) throws IOException {
        byte[] bytes = FileContent.of(path);
        int length = bytes.length - Long.BYTES;
        if (length < 0 || length % RECORD_BYTES != 0) {
            throw new BadBlockException("the index " + path + " has " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getLong(length) != crc(bytes, length)) {
            throw new BadBlockException("Checksum error reading spill index: " + path);
        }
        return new IndexFile(buffer.limit(length).slice());
    }

    private static long crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    int size() {
        return records.limit() / RECORD_BYTES;
    }

    Entry entry(int number) throws BadBlockException {
        if (number < 0 || number >= size()) {
            throw new BadBlockException("there is no partition " + number + " among " + size() + " index records");
        }
        int at = number * RECORD_BYTES;
        return new Entry(records.getLong(at), records.getLong(at + 8), records.getLong(at + 16));
    }
}
