package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.Chunk;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.wire.ChunkedContent;
import io.raddle.wire.Guarded;
import io.raddle.wire.GuardedServer;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BulkLineTest {
    private static final int BYTES = 1000;

    @Test
    void neverMakesTheControlThreadWaitForTheEndOfAConnection() throws Exception {
        Secret secret = Secret.random();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (GuardedServer server = GuardedServer.listen(PortRange.ANY, List.of(new Guarded(new Content(), secret)));
                BulkLine line = new BulkLine(Connector.with(secret))) {
            line.attached(new Endpoint(0, "localhost", server.port()));
            // The connection cannot end while the thread that serves it is held.
            line.run(channel -> {
                ExecutorEndpointGrpc.newStub(channel)
                        .withExecutor(Runnable::run)
                        .fetchArtifact(ArtifactRequest.getDefaultInstance(), new Holding(busy, free));
                return busy.await(30, TimeUnit.SECONDS);
            });
            assertThat(busy.getCount()).isZero();

            CompletableFuture<Void> detached = CompletableFuture.runAsync(line::detached);

            // To wait for the connection would take 5 s.
            assertThat(detached).succeedsWithin(4, TimeUnit.SECONDS);
            free.countDown();
        } finally {
            free.countDown();
        }
    }

    @Test
    void opensAnotherConnectionAfterTheNextAttach() throws Exception {
        Secret secret = Secret.random();
        try (GuardedServer server = GuardedServer.listen(PortRange.ANY, List.of(new Guarded(new Content(), secret)));
                BulkLine line = new BulkLine(Connector.with(secret))) {
            Endpoint endpoint = new Endpoint(0, "localhost", server.port());
            for (int times = 0; times < 2; times++) {
                line.attached(endpoint);
                assertThat(line.<Integer>run(channel -> ExecutorEndpointGrpc.newBlockingStub(channel)
                                .fetchArtifact(ArtifactRequest.getDefaultInstance())
                                .next()
                                .getData()
                                .size()))
                        .isEqualTo(BYTES);
                line.detached();
            }
        }
    }

    /** Serves one content to everybody. */
    private static final class Content extends ExecutorEndpointGrpc.ExecutorEndpointImplBase {
        @Override
        public void fetchArtifact(ArtifactRequest request, StreamObserver<Chunk> receiver) {
            ChunkedContent.send(new ByteArrayInputStream(new byte[BYTES]), (ServerCallStreamObserver<Chunk>) receiver);
        }
    }

    /** Keeps the thread that brings it something. */
    private record Holding(CountDownLatch busy, CountDownLatch free) implements StreamObserver<Chunk> {
        @Override
        public void onNext(Chunk chunk) {
            busy.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
