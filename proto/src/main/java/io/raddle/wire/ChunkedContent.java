package io.raddle.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.raddle.proto.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a content in chunks, as fast as the receiver takes them and no faster. Every step runs on a thread of the call
 * and never blocks on the network.
 */
public final class ChunkedContent<T> {
    /** Largest chunk. */
    public static final int CHUNK_BYTES = 256 << 10;

    private final ServerCallStreamObserver<T> receiver;
    private final Function<ByteString, T> message;
    private @Nullable InputStream content;
    private boolean done;

    private ChunkedContent(ServerCallStreamObserver<T> receiver, Function<ByteString, T> message) {
        this.receiver = receiver;
        this.message = message;
    }

    /** Sends all of {@code content} and closes it, also when the receiver goes away. Call it before the service method returns. */
    public static void send(InputStream content, ServerCallStreamObserver<Chunk> receiver) {
        to(receiver).begin(content);
    }

    /** The same with each chunk in a message of the caller's. */
    public static <T> void send(
            InputStream content, ServerCallStreamObserver<T> receiver, Function<ByteString, T> message) {
        to(receiver, message).begin(content);
    }

    /** The same for a content that is not here yet; call it before the service method returns. */
    public static ChunkedContent<Chunk> to(ServerCallStreamObserver<Chunk> receiver) {
        return to(receiver, data -> Chunk.newBuilder().setData(data).build());
    }

    private static <T> ChunkedContent<T> to(ServerCallStreamObserver<T> receiver, Function<ByteString, T> message) {
        ChunkedContent<T> sending = new ChunkedContent<>(receiver, message);
        receiver.setOnCancelHandler(sending::close);
        receiver.setOnReadyHandler(sending::step);
        return sending;
    }

    /** The content is here; closed at once when the receiver has gone away meanwhile. */
    public synchronized void begin(InputStream found) {
        content = found;
        if (done) {
            closeContent();
        }
        step();
    }

    /** There is no such content. */
    public synchronized void refuse(Status why) {
        if (!done) {
            done = true;
            receiver.onError(why.asRuntimeException());
        }
    }

    private synchronized void step() {
        try {
            while (!done && content != null && receiver.isReady()) {
                ByteString data = next(content);
                if (!data.isEmpty()) {
                    receiver.onNext(message.apply(data));
                } else {
                    close();
                    receiver.onCompleted();
                }
            }
        } catch (IOException e) {
            close();
            receiver.onError(Status.INTERNAL
                    .withDescription("The content could not be read: " + e.getMessage())
                    .withCause(e)
                    .asRuntimeException());
        }
    }

    /** A chunk of what comes next, as large as may be; empty at the end. */
    public static ByteString next(InputStream content) throws IOException {
        byte[] data = new byte[CHUNK_BYTES];
        return UnsafeByteOperations.unsafeWrap(data, 0, FileContent.fill(data, content));
    }

    private synchronized void close() {
        if (done) {
            return;
        }
        done = true;
        closeContent();
    }

    private void closeContent() {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a read-only content failed to close", e);
        }
    }
}
