package io.raddle.executor;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.AttemptId;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.PushAnswer;
import io.raddle.proto.ResultChunk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Pushes a result that is too large for a report, as fast as the endpoint takes it, from the start when a connection breaks. */
final class ResultPush {
    private static final int CHUNK_BYTES = 256 << 10;

    private final BulkLine line;

    ResultPush(BulkLine line) {
        this.line = line;
    }

    void push(AttemptId attempt, byte[] result) throws InterruptedException {
        try {
            line.run(channel -> once(channel, attempt, result));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                throw new RaddleException(
                        new Cause.LimitExceeded(
                                "A result of " + (result.length >> 20) + " MiB found no room at the driver.",
                                Keys.ARTIFACTS_MAX.name()),
                        e);
            }
            throw e;
        }
    }

    private static PushAnswer once(Channel channel, AttemptId attempt, byte[] result) throws InterruptedException {
        Sending sending = new Sending(attempt, result);
        ExecutorEndpointGrpc.newStub(channel).pushResult(sending);
        try {
            return sending.answer.get();
        } catch (ExecutionException e) {
            throw Status.fromThrowable(e.getCause()).asRuntimeException();
        }
    }

    /** One push; gRPC calls it one step at a time. */
    private static final class Sending implements ClientResponseObserver<ResultChunk, PushAnswer> {
        private final CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
        private final AttemptId attempt;
        private final byte[] result;
        private int sent;
        private boolean done;

        Sending(AttemptId attempt, byte[] result) {
            this.attempt = attempt;
            this.result = result;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ResultChunk> toEndpoint) {
            toEndpoint.setOnReadyHandler(() -> step(toEndpoint));
        }

        private void step(ClientCallStreamObserver<ResultChunk> toEndpoint) {
            while (!done && toEndpoint.isReady()) {
                int count = Math.min(CHUNK_BYTES, result.length - sent);
                ResultChunk.Builder chunk =
                        ResultChunk.newBuilder().setData(UnsafeByteOperations.unsafeWrap(result, sent, count));
                if (sent == 0) {
                    chunk.setAttempt(attempt);
                }
                toEndpoint.onNext(chunk.build());
                sent += count;
                if (sent == result.length) {
                    done = true;
                    toEndpoint.onCompleted();
                }
            }
        }

        @Override
        public void onNext(PushAnswer taken) {
            answer.complete(taken);
        }

        @Override
        public void onError(Throwable failure) {
            done = true;
            answer.completeExceptionally(Status.fromThrowable(failure).asRuntimeException());
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(Status.CANCELLED
                    .withDescription("The endpoint ended a push without an answer.")
                    .asRuntimeException());
        }
    }
}
