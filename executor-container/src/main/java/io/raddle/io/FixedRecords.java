package io.raddle.io;

import io.raddle.proto.FileSplit;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Records of one length, from a part of a file that holds whole ones. */
final class FixedRecords implements Pull {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FileSplit part;
    private final FSDataInputStream in;
    private final int recordBytes;
    private final LongConsumer bytesRead;
    private byte[] buffer = new byte[0];
    private int head;
    private long rest;

    private FixedRecords(FileSplit part, FSDataInputStream in, int recordBytes, LongConsumer bytesRead) {
        this.part = part;
        this.in = in;
        this.recordBytes = recordBytes;
        this.bytesRead = bytesRead;
        this.rest = part.getLengthBytes();
    }

    static FixedRecords open(FileSplit part, int recordBytes, Configuration configuration, LongConsumer bytesRead) {
        Path path = new Path(part.getPath());
        try {
            FSDataInputStream in = path.getFileSystem(configuration).open(path);
            in.seek(part.getOffsetBytes());
            return new FixedRecords(part, in, recordBytes, bytesRead);
        } catch (IOException e) {
            throw FileTrouble.of(part.getPath(), e);
        }
    }

    @Override
    public Object next() {
        if (head == buffer.length && !fill()) {
            return END;
        }
        byte[] record = new byte[recordBytes];
        System.arraycopy(buffer, head, record, 0, recordBytes);
        head += recordBytes;
        return record;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() {
        if (rest == 0) {
            return false;
        }
        int records = Math.max(1, BUFFER_BYTES / recordBytes);
        int wanted = (int) Math.min(rest, (long) records * recordBytes);
        try {
            buffer = in.readNBytes(wanted);
            if (buffer.length < wanted) {
                throw new EOFException("the file ends here");
            }
        } catch (IOException e) {
            throw FileTrouble.damaged(
                    part.getPath(), part.getOffsetBytes() + part.getLengthBytes() - rest, part.getFileLengthBytes(), e);
        }
        head = 0;
        rest -= wanted;
        bytesRead.accept(wanted);
        return true;
    }
}
