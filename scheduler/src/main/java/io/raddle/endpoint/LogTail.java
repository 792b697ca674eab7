package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.raddle.proto.LogChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One reader of a growing file. A step sends what the reader takes and never waits; one thread at a time. */
final class LogTail implements Watcher {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Path file;
    private final boolean follow;
    private final ServerCallStreamObserver<LogChunk> reader;
    private long offset;

    LogTail(Path file, long offset, boolean follow, ServerCallStreamObserver<LogChunk> reader) {
        this.file = file;
        this.offset = offset;
        this.follow = follow;
        this.reader = reader;
    }

    @Override
    public boolean step(boolean ended) {
        if (reader.isCancelled()) {
            return false;
        }
        while (reader.isReady()) {
            Optional<ByteString> data = read();
            if (data.isEmpty()) {
                if (follow && !ended) {
                    return true;
                }
                reader.onCompleted();
                return false;
            }
            reader.onNext(LogChunk.newBuilder()
                    .setOffsetBytes(offset)
                    .setData(data.get())
                    .build());
            offset += data.get().size();
        }
        return true;
    }

    private Optional<ByteString> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(CHUNK_BYTES, channel.size() - offset)));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
            buffer.flip();
            return buffer.hasRemaining() ? Optional.of(ByteString.copyFrom(buffer)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
