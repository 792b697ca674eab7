package io.raddle.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.proto.Artifact;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.AttemptId;
import io.raddle.proto.Chunk;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Hello;
import io.raddle.proto.PushAnswer;
import io.raddle.proto.ResultChunk;
import io.raddle.proto.Snapshot;
import io.raddle.proto.TaskReport;
import io.raddle.proto.Welcome;
import io.raddle.wire.ChunkedContent;
import io.raddle.wire.Guarded;
import io.raddle.wire.GuardedServer;
import io.raddle.wire.Inbox;
import io.raddle.wire.Outbox;
import io.raddle.wire.Secret;
import io.raddle.wire.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A driver and its endpoint, as an executor sees them: answers attaches, keeps what it hears, sends what a test says. */
final class TestEndpoint extends ExecutorEndpointGrpc.ExecutorEndpointImplBase implements AutoCloseable {
    final Secret secret = Secret.random();
    final Endpoint endpoint = new Endpoint(0, "endpoint-" + UUID.randomUUID(), 0);

    private final GuardedServer server = GuardedServer.inProcess(endpoint.host(), List.of(new Guarded(this, secret)));
    private final List<Hello> hellos = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<ExecutorMessage> heard = new ArrayList<>();
    private final Map<Sha256, byte[]> artifacts = new HashMap<>();
    private final Map<AttemptId, byte[]> pushed = new HashMap<>();
    private Outbox outbox = new Outbox();
    private Inbox inbox = new Inbox();
    private @Nullable StreamObserver<DriverFrame> stream;
    private int executor;
    private int driverEpoch = 1;
    private long leaseMillis = 60_000;
    private final Map<String, String> configuration = new HashMap<>();
    private boolean welcoming = true;
    private boolean acknowledging = true;

    @Override
    public StreamObserver<ExecutorFrame> attach(StreamObserver<DriverFrame> toExecutor) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ExecutorFrame frame) {
                heard(toExecutor, frame);
            }

            @Override
            public void onError(Throwable failure) {
                gone(toExecutor);
            }

            @Override
            public void onCompleted() {
                gone(toExecutor);
            }
        };
    }

    private synchronized void heard(StreamObserver<DriverFrame> from, ExecutorFrame frame) {
        ExecutorMessage message = message(frame);
        if (frame.hasHello()) {
            stream = from;
            executor = frame.getExecutor();
            hellos.add(frame.getHello());
            snapshots.add(message.getSnapshot());
            if (welcoming) {
                welcome();
            }
            outbox.acknowledged(frame.getAcknowledged());
            outbox.unacknowledged().forEach(this::transmit);
            return;
        }
        outbox.acknowledged(frame.getAcknowledged());
        if (inbox.arrived(frame.getSequence()) == Inbox.Arrival.NEW) {
            heard.add(message);
        }
        if (acknowledging) {
            acknowledge();
        }
    }

    private synchronized void gone(StreamObserver<DriverFrame> from) {
        if (stream == from) {
            stream = null;
        }
    }

    private static ExecutorMessage message(ExecutorFrame frame) {
        try {
            return ExecutorMessage.parseFrom(frame.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void welcome() {
        ByteString welcome = DriverMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setEpoch(driverEpoch)
                        .setLeaseMillis(leaseMillis)
                        .putAllConfiguration(configuration)
                        .setMapIdPrefix("t" + driverEpoch))
                .build()
                .toByteString();
        transmit(new Outbox.Numbered(0, welcome));
    }

    private void transmit(Outbox.Numbered message) {
        if (stream != null) {
            stream.onNext(DriverFrame.newBuilder()
                    .setExecutor(executor)
                    .setSequence(message.sequence())
                    .setAcknowledged(acknowledging ? inbox.acknowledged() : 0)
                    .setPayload(message.payload())
                    .build());
        }
    }

    private void acknowledge() {
        transmit(new Outbox.Numbered(0, ByteString.EMPTY));
    }

    synchronized void send(DriverMessage message) {
        transmit(outbox.add(message.toByteString()));
    }

    /** Breaks the stream; the executor may attach again. */
    synchronized void breakStream() {
        if (stream != null) {
            stream.onError(
                    Status.UNAVAILABLE.withDescription("broken by a test").asRuntimeException());
            stream = null;
        }
    }

    /** From now on another driver is here, which knows nothing of what was. */
    synchronized void startAnew() {
        driverEpoch++;
        outbox = new Outbox();
        inbox = new Inbox();
        breakStream();
    }

    /** An entry of the configuration that comes with the next welcome. */
    synchronized void configure(String key, String value) {
        configuration.put(key, value);
    }

    /** The lease of the next welcome. */
    synchronized void lease(long millis) {
        leaseMillis = millis;
    }

    synchronized void acknowledging(boolean yes) {
        acknowledging = yes;
        if (yes) {
            acknowledge();
        }
    }

    synchronized Artifact publish(String name, byte[] promised, byte[] content) {
        Sha256 identity = Sha256.of(promised);
        artifacts.put(identity, content);
        return Artifact.newBuilder()
                .setSha256(identity.bytes())
                .setName(name)
                .setSizeBytes(promised.length)
                .build();
    }

    synchronized int attaches() {
        return hellos.size();
    }

    synchronized Hello lastHello() {
        return hellos.get(hellos.size() - 1);
    }

    synchronized Snapshot lastSnapshot() {
        return snapshots.get(snapshots.size() - 1);
    }

    synchronized List<ExecutorMessage> heard() {
        return List.copyOf(heard);
    }

    synchronized Stream<TaskReport> reports() {
        return List.copyOf(heard).stream().flatMap(each -> each.getReports().getReportsList().stream());
    }

    Optional<TaskReport> report(AttemptId attempt) {
        return reports().filter(each -> each.getAttempt().equals(attempt)).findFirst();
    }

    synchronized Optional<byte[]> pushed(AttemptId attempt) {
        return Optional.ofNullable(pushed.get(attempt));
    }

    @Override
    public synchronized void fetchArtifact(ArtifactRequest request, StreamObserver<Chunk> receiver) {
        byte[] content = artifacts.get(Sha256.ofDigest(request.getSha256()));
        if (content == null) {
            receiver.onError(
                    Status.NOT_FOUND.withDescription("No such artifact.").asRuntimeException());
            return;
        }
        int offset = (int) request.getOffsetBytes();
        ChunkedContent.send(
                new ByteArrayInputStream(content, offset, content.length - offset),
                (ServerCallStreamObserver<Chunk>) receiver);
    }

    @Override
    public StreamObserver<ResultChunk> pushResult(StreamObserver<PushAnswer> answer) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        return new StreamObserver<>() {
            private AttemptId attempt = AttemptId.getDefaultInstance();

            @Override
            public void onNext(ResultChunk chunk) {
                if (chunk.hasAttempt()) {
                    attempt = chunk.getAttempt();
                }
                try {
                    chunk.getData().writeTo(result);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                synchronized (TestEndpoint.this) {
                    pushed.put(attempt, result.toByteArray());
                }
                answer.onNext(PushAnswer.getDefaultInstance());
                answer.onCompleted();
            }
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
