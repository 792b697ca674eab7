package io.raddle.relay;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.raddle.proto.SupplyAnswer;
import io.raddle.proto.SupplyChunk;
import io.raddle.wire.ChunkedContent;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Sends one content as fast as the master takes it and no faster, on threads of the call. */
final class Upload implements ClientResponseObserver<SupplyChunk, SupplyAnswer> {
    private final Sha256 identity;
    private final InputStream content;
    private final Consumer<Throwable> failed;
    private boolean first = true;
    private boolean done;

    /** {@code failed} hears when the master did not take it. */
    Upload(Sha256 identity, InputStream content, Consumer<Throwable> failed) {
        this.identity = identity;
        this.content = content;
        this.failed = failed;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SupplyChunk> master) {
        master.setOnReadyHandler(() -> step(master));
    }

    private synchronized void step(ClientCallStreamObserver<SupplyChunk> master) {
        try {
            while (!done && master.isReady()) {
                ByteString data = ChunkedContent.next(content);
                if (!data.isEmpty() || first) {
                    SupplyChunk.Builder chunk = SupplyChunk.newBuilder().setData(data);
                    master.onNext((first ? chunk.setSha256(identity.bytes()) : chunk).build());
                    first = false;
                } else {
                    close();
                    master.onCompleted();
                }
            }
        } catch (IOException e) {
            close();
            master.cancel("The content could not be read", e);
        }
    }

    private synchronized void close() {
        done = true;
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a read-only content failed to close", e);
        }
    }

    @Override
    public void onNext(SupplyAnswer taken) {}

    @Override
    public void onError(Throwable failure) {
        close();
        failed.accept(failure);
    }

    @Override
    public void onCompleted() {
        close();
    }
}
