package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.FileSplit;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The records of those blocks of an object file that begin in a part of it. Belongs to the thread of its task. */
final class ObjectInput implements Pull {
    private final FileSplit part;
    private final FSDataInputStream in;
    private final RecordReader reader;
    private final LongConsumer bytesRead;
    private final byte[] mark;
    private long at;
    private boolean unchecked;

    private ObjectInput(
            FileSplit part, FSDataInputStream in, RecordReader reader, LongConsumer bytesRead, byte[] mark, long at) {
        this.part = part;
        this.in = in;
        this.reader = reader;
        this.bytesRead = bytesRead;
        this.mark = mark;
        this.at = at;
    }

    static ObjectInput open(FileSplit part, Configuration configuration, RecordFormat format, LongConsumer bytesRead) {
        Path path = new Path(part.getPath());
        try {
            FSDataInputStream in = path.getFileSystem(configuration).open(path);
            try {
                byte[] header = in.readNBytes(ObjectFile.HEADER_BYTES);
                check(part, header);
                byte[] mark = ObjectFile.mark(header);
                long start = Math.max(part.getOffsetBytes(), header.length);
                if (start > header.length) {
                    start = MarkSearch.next(in, mark, start, end(part));
                }
                in.seek(Math.min(start, part.getFileLengthBytes()));
                return new ObjectInput(part, in, format.reader(), bytesRead, mark, start);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileTrouble.of(part.getPath(), e);
        }
    }

    private static long end(FileSplit part) {
        return part.getOffsetBytes() + part.getLengthBytes();
    }

    private static void check(FileSplit part, byte[] header) {
        if (header.length < ObjectFile.HEADER_BYTES || !ObjectFile.hasMagic(header)) {
            throw new RaddleException(new Cause.InvalidInput(
                    part.getPath() + " is not an object file of Raddle"
                            + (ObjectFile.isSequenceFile(header) ? " but a sequence file." : "."),
                    "Read with objectFile what saveAsObjectFile wrote; sequenceFile reads sequence files."));
        }
        int version = ObjectFile.version(header);
        if (version != ObjectFile.VERSION) {
            throw new RaddleException(new Cause.InvalidInput(
                    part.getPath() + " is an object file of version " + version + "; this Raddle reads version "
                            + ObjectFile.VERSION + ".",
                    "Read it with the Raddle that wrote it, or a later one."));
        }
    }

    @Override
    public @Nullable Object next() {
        try {
            while (!reader.hasNext()) {
                if (at >= end(part) || at >= part.getFileLengthBytes()) {
                    checkWhatFollows();
                    return END;
                }
                readBlock();
            }
        } catch (IOException e) {
            throw FileTrouble.damaged(part.getPath(), at, part.getFileLengthBytes(), e);
        }
        try {
            return reader.read();
        } catch (RaddleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "A record of " + part.getPath() + ", in the block before byte " + at
                                    + ", could not be read: " + FileTrouble.firstLine(e) + ".",
                            "Bring the classes of the records, unchanged since they were written."),
                    e);
        }
    }

    /** Whoever reads the next part looks for a mark, and would pass over a block whose mark is damaged. */
    private void checkWhatFollows() throws IOException {
        if (unchecked && at < part.getFileLengthBytes()) {
            unchecked = false;
            checkMark(in.readNBytes(mark.length));
        }
    }

    private void checkMark(byte[] header) throws IOException {
        if (header.length < mark.length || !Arrays.equals(header, 0, mark.length, mark, 0, mark.length)) {
            throw new IOException("no block begins here");
        }
    }

    private void readBlock() throws IOException {
        byte[] header = in.readNBytes(ObjectFile.BLOCK_HEADER_BYTES);
        if (header.length < ObjectFile.BLOCK_HEADER_BYTES) {
            throw new EOFException("the file ends within the head of a block");
        }
        checkMark(header);
        ByteBuffer fields = ByteBuffer.wrap(header).position(mark.length);
        int length = fields.getInt();
        fields.getInt();
        int checksum = fields.getInt();
        if (length < 0 || length > part.getFileLengthBytes() - at - header.length) {
            throw new EOFException("the file ends within a block");
        }
        byte[] records = in.readNBytes(length);
        CRC32C found = new CRC32C();
        found.update(records);
        if (records.length < length || (int) found.getValue() != checksum) {
            throw new IOException("the checksum of a block does not agree");
        }
        at += header.length + length;
        unchecked = true;
        bytesRead.accept(header.length + length);
        reader.reset(records, 0, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
