package io.raddle.transfer;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.raddle.proto.BlockHead;
import io.raddle.proto.BlockPart;
import io.raddle.proto.BlockRequest;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread of gRPC that brings the parts of a block and the one that reads them. No more parts are asked for
 * than the reader has taken, and two, so the queue is bounded.
 */
final class Arrivals implements ClientResponseObserver<BlockRequest, BlockPart> {
    private static final int AHEAD = 2;

    private final LinkedBlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
    private volatile @Nullable ClientCallStreamObserver<BlockRequest> call;

    /** What came. */
    sealed interface Arrival {}

    record Head(BlockHead head) implements Arrival {}

    record Data(ByteString bytes) implements Arrival {}

    record End(Status status) implements Arrival {}

    @Override
    public void beforeStart(ClientCallStreamObserver<BlockRequest> started) {
        started.disableAutoRequestWithInitial(AHEAD);
        call = started;
    }

    @Override
    public void onNext(BlockPart part) {
        queue.add(part.hasHead() ? new Head(part.getHead()) : new Data(part.getData()));
    }

    @Override
    public void onError(Throwable failure) {
        queue.add(new End(Status.fromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
        queue.add(new End(Status.OK));
    }

    /** What came next; nothing when nothing came in time. */
    @Nullable
    Arrival next(Duration patience) throws InterruptedException {
        Arrival arrival = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        ClientCallStreamObserver<BlockRequest> open = call;
        if (arrival != null && open != null && !(arrival instanceof End)) {
            open.request(1);
        }
        return arrival;
    }

    /** Nobody reads any more. */
    void cancel() {
        ClientCallStreamObserver<BlockRequest> open = call;
        if (open != null) {
            open.cancel("the block is not read any further", null);
        }
    }
}
