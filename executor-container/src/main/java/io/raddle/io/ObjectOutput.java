package io.raddle.io;

import io.raddle.id.AttemptId;
import io.raddle.proto.Output;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** One attempt's object file. Belongs to the thread of its task. */
final class ObjectOutput implements TaskOutput {
    private static final int BLOCK_BYTES = 64 << 10;

    private final AttemptFile file;
    private final RecordWriter writer;
    private final byte[] mark;
    private int records;
    private long bytesWritten;

    private ObjectOutput(AttemptFile file, RecordWriter writer, byte[] mark) {
        this.file = file;
        this.writer = writer;
        this.mark = mark;
    }

    static ObjectOutput open(Output output, AttemptId attempt, Configuration configuration, RecordFormat format) {
        UUID random = UUID.randomUUID();
        byte[] mark = ByteBuffer.allocate(ObjectFile.MARK_BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
        AttemptFile file = AttemptFile.create(output, attempt, configuration);
        file.write(ObjectFile.header(mark), ObjectFile.HEADER_BYTES);
        return new ObjectOutput(file, format.writer(), mark);
    }

    @Override
    public void write(@Nullable Object record) {
        writer.write(record);
        records++;
        if (writer.size() >= BLOCK_BYTES) {
            writeBlock();
        }
    }

    @Override
    public void finish() {
        if (records > 0) {
            writeBlock();
        }
        file.finish();
    }

    @Override
    public long bytesWritten() {
        return bytesWritten + writer.size();
    }

    @Override
    public void commit() {
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void writeBlock() {
        CRC32C checksum = new CRC32C();
        checksum.update(writer.buffer(), 0, writer.size());
        byte[] header = ByteBuffer.allocate(ObjectFile.BLOCK_HEADER_BYTES)
                .put(mark)
                .putInt(writer.size())
                .putInt(records)
                .putInt((int) checksum.getValue())
                .array();
        file.write(header, header.length);
        file.write(writer.buffer(), writer.size());
        bytesWritten += writer.size();
        records = 0;
        if (writer.capacity() > 4 * BLOCK_BYTES) {
            writer.shrink();
        } else {
            writer.clear();
        }
    }
}
