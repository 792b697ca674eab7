package io.raddle.relay;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.raddle.proto.SupplyAnswer;
import io.raddle.proto.SupplyChunk;
import io.raddle.wire.Sha256;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One content on its way from the driver to the master's disk; chunks arrive one at a time. */
final class Supplying implements StreamObserver<SupplyChunk> {
    private static final Logger LOG = LoggerFactory.getLogger(Supplying.class);

    private final ContentCache contents;
    private final StreamObserver<SupplyAnswer> driver;
    private ContentCache.@Nullable Incoming incoming;
    private boolean over;

    Supplying(ContentCache contents, StreamObserver<SupplyAnswer> driver) {
        this.contents = contents;
        this.driver = driver;
    }

    @Override
    public void onNext(SupplyChunk chunk) {
        if (over) {
            return;
        }
        try {
            if (incoming == null) {
                Sha256 identity = Sha256.ofDigest(chunk.getSha256());
                if (chunk.getMissing()) {
                    over = true;
                    contents.missing(identity);
                    answer();
                    return;
                }
                incoming = contents.receive(identity);
            }
            incoming.write(chunk.getData());
        } catch (IOException | IllegalArgumentException e) {
            fail(e);
        }
    }

    @Override
    public void onCompleted() {
        if (over || incoming == null) {
            return;
        }
        over = true;
        try {
            incoming.complete();
            answer();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        abandon();
    }

    private void answer() {
        driver.onNext(SupplyAnswer.getDefaultInstance());
        driver.onCompleted();
    }

    private void fail(Exception e) {
        LOG.warn("A content of the driver was not taken in", e);
        abandon();
        driver.onError(
                Status.INTERNAL.withDescription(e.getMessage()).withCause(e).asRuntimeException());
    }

    private void abandon() {
        over = true;
        try {
            if (incoming != null) {
                incoming.abandon();
            }
        } catch (IOException e) {
            LOG.warn("A part of a content stays behind until the application ends", e);
        } finally {
            incoming = null;
        }
    }
}
