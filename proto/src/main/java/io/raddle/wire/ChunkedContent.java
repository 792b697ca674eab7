package io.raddle.wire;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.raddle.proto.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Sends a content in chunks, as fast as the receiver takes them and no faster. Every step runs on a thread of the call
 * and never blocks on the network.
 */
public final class ChunkedContent<T> {
    /** Largest chunk. */
    public static final int CHUNK_BYTES = 256 << 10;

    private final InputStream content;
    private final ServerCallStreamObserver<T> receiver;
    private final Function<ByteString, T> message;
    private boolean done;

    private ChunkedContent(InputStream content, ServerCallStreamObserver<T> receiver, Function<ByteString, T> message) {
        this.content = content;
        this.receiver = receiver;
        this.message = message;
    }

    /** Sends all of {@code content} and closes it, also when the receiver goes away. Call it before the service method returns. */
    public static void send(InputStream content, ServerCallStreamObserver<Chunk> receiver) {
        send(content, receiver, data -> Chunk.newBuilder().setData(data).build());
    }

    /** The same with each chunk in a message of the caller's. */
    public static <T> void send(
            InputStream content, ServerCallStreamObserver<T> receiver, Function<ByteString, T> message) {
        ChunkedContent<T> sending = new ChunkedContent<>(content, receiver, message);
        receiver.setOnCancelHandler(sending::close);
        receiver.setOnReadyHandler(sending::step);
        sending.step();
    }

    private synchronized void step() {
        try {
            while (!done && receiver.isReady()) {
                byte[] data = content.readNBytes(CHUNK_BYTES);
                if (data.length > 0) {
                    receiver.onNext(message.apply(ByteString.copyFrom(data)));
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

    private synchronized void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            content.close();
        } catch (IOException e) {
            throw new IllegalStateException("a read-only content failed to close", e);
        }
    }
}
