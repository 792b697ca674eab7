package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.raddle.id.ExecutorId;
import io.raddle.proto.Artifact;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.AttemptId;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;
import io.raddle.proto.PushAnswer;
import io.raddle.proto.ResultChunk;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The wire's side of an executor, which says what a test wants. */
final class FakeExecutor implements AutoCloseable {
    private static final int CHUNK = 200_000;

    private final GuardedChannel channel;
    private final ExecutorId id;
    private final long incarnation;
    private final List<DriverFrame> heard = new CopyOnWriteArrayList<>();
    private volatile Optional<Status> end = Optional.empty();
    private Optional<StreamObserver<ExecutorFrame>> stream = Optional.empty();

    FakeExecutor(GuardedChannel channel, ExecutorId id, long incarnation) {
        this.channel = channel;
        this.id = id;
        this.incarnation = incarnation;
    }

    void attach(String first) {
        attach(
                first,
                Hello.newBuilder()
                        .setProtocolVersion(Protocol.VERSION)
                        .setHost("localhost")
                        .build());
    }

    void attach(String first, Hello hello) {
        StreamObserver<ExecutorFrame> opened = ExecutorEndpointGrpc.newStub(channel.channel())
                .attach(new StreamObserver<>() {
                    @Override
                    public void onNext(DriverFrame frame) {
                        heard.add(frame);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end = Optional.of(Status.fromThrowable(failure));
                    }

                    @Override
                    public void onCompleted() {
                        end = Optional.of(Status.OK);
                    }
                });
        stream = Optional.of(opened);
        opened.onNext(frame(first).setHello(hello).build());
    }

    void say(String payload) {
        stream.orElseThrow().onNext(frame(payload).build());
    }

    ByteString fetch(Artifact artifact, long offset) {
        ByteString.Output content = ByteString.newOutput();
        ExecutorEndpointGrpc.newBlockingStub(channel.channel())
                .fetchArtifact(ArtifactRequest.newBuilder()
                        .setSha256(artifact.getSha256())
                        .setOffsetBytes(offset)
                        .build())
                .forEachRemaining(chunk -> {
                    byte[] data = chunk.getData().toByteArray();
                    content.write(data, 0, data.length);
                });
        return content.toByteString();
    }

    void push(AttemptId attempt, ByteString result) {
        CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
        StreamObserver<ResultChunk> push = ExecutorEndpointGrpc.newStub(channel.channel())
                .pushResult(new StreamObserver<>() {
                    @Override
                    public void onNext(PushAnswer value) {
                        answer.complete(value);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        for (int from = 0; from < result.size(); from += CHUNK) {
            ResultChunk.Builder chunk =
                    ResultChunk.newBuilder().setData(result.substring(from, Math.min(result.size(), from + CHUNK)));
            push.onNext(from == 0 ? chunk.setAttempt(attempt).build() : chunk.build());
        }
        push.onCompleted();
        answer.join();
    }

    List<DriverFrame> heard() {
        return heard;
    }

    Optional<Status> end() {
        return end;
    }

    @Override
    public void close() {
        channel.close();
    }

    private ExecutorFrame.Builder frame(String payload) {
        return ExecutorFrame.newBuilder()
                .setExecutor(id.number())
                .setIncarnation(incarnation)
                .setPayload(ByteString.copyFromUtf8(payload));
    }
}
