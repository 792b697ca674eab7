package io.raddle.block;

import io.raddle.serde.RecordWriter;
import java.io.IOException;

/** Serializes records that are kept as objects, a chunk at a time. Used by one thread at a time. */
final class SerializedChunks implements ChunkReader.Source {
    private final Kept.Objects kept;
    private final RecordWriter writer;
    private int next;

    SerializedChunks(Kept.Objects kept) {
        this.kept = kept;
        this.writer = kept.serializing().writer();
    }

    @Override
    public byte[] next() throws IOException {
        try {
            while (next < kept.count() && writer.size() < Run.CHUNK_BYTES) {
                writer.write(kept.records()[next++]);
            }
        } catch (RuntimeException e) {
            throw new IOException("a record cannot be serialized: " + e, e);
        }
        byte[] chunk = writer.toByteArray();
        writer.shrink();
        return chunk;
    }
}
