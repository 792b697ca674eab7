package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.raddle.cluster.EmptyCluster;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.StageId;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.DriverDown;
import io.raddle.proto.DriverEnd;
import io.raddle.proto.DriverEndpointGrpc;
import io.raddle.proto.DriverHello;
import io.raddle.proto.DriverUp;
import io.raddle.relay.DriverLine;
import io.raddle.relay.LineSettings;
import io.raddle.relay.LineWatch;
import io.raddle.relay.MasterFinder;
import io.raddle.relay.RelayHost;
import io.raddle.relay.RelaySettings;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The link of a driver whose executors talk to another process. */
class RelayedLinkTest extends LinkContract {
    private final Secret root = Secret.random();
    private final List<DriverLine> lines = new ArrayList<>();
    private final List<Cause> ends = new CopyOnWriteArrayList<>();
    private final List<MasterFinder.Address> attached = new CopyOnWriteArrayList<>();
    private @Nullable RelayHost master;

    @Override
    Link open(Path ownDirectory) {
        master = host("master", Duration.ofMinutes(1));
        return line("driver", root.derive(Secret.DRIVER));
    }

    private RelayHost host(String name, Duration lease) {
        EndpointSettings endpoint = new EndpointSettings(
                root.derive(Secret.EXECUTOR),
                root.derive(Secret.CONTROL),
                Optional.of(PortRange.ANY),
                directory.resolve(name),
                1 << 30,
                Optional.empty(),
                Optional.empty());
        return RelayHost.start(
                new RelaySettings(endpoint, root.derive(Secret.DRIVER), lease, 1), new EmptyCluster() {});
    }

    private DriverLine line(String name, Secret secret) {
        DriverLine line = new DriverLine(
                new LineSettings(secret, directory.resolve(name), 1 << 30, Duration.ofMinutes(1)),
                () -> Optional.of(
                        new MasterFinder.Address("localhost", master().address().port())),
                new Watch());
        lines.add(line);
        line.listen(events);
        line.open(ApplicationStatus::getDefaultInstance);
        return line;
    }

    @Override
    FakeExecutor executor(ExecutorId id, long incarnation) {
        await().until(() -> !attached.isEmpty());
        GuardedChannel channel =
                GuardedChannel.open("localhost", master().address().port(), root.derive(Secret.EXECUTOR));
        return new FakeExecutor(channel, id, incarnation);
    }

    private RelayHost master() {
        return Objects.requireNonNull(master, "open() comes first");
    }

    @Override
    void close() {
        lines.forEach(DriverLine::close);
        master().close();
    }

    @Test
    void refusesASecondDriverWithASentence() {
        await().until(() -> !attached.isEmpty());

        line("second", root.derive(Secret.DRIVER));

        await().until(() -> !ends.isEmpty());
        assertThat(ends.get(0).sentences()).contains("belongs to another driver");
        assertThat(attached).hasSize(1);
    }

    @Test
    void refusesADriverWithAWrongSecret() {
        line("stranger", root.derive(Secret.EXECUTOR));

        await().until(() -> !ends.isEmpty());
        assertThat(ends.get(0).sentences()).contains("refused this driver", "wrong application secret");
    }

    @Test
    void keepsAResultThatWasBroughtThoughTheMasterIsGone() {
        AttemptId attempt = new AttemptId(1, new StageId(2), 3, 4);
        ByteString result = ByteString.copyFrom(new byte[3_000_000]);
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.push(AttemptIdCodec.encode(attempt), result);
        }

        assertThat(bring(attempt)).isEmpty();
        master().close();

        assertThat(lines.get(0).takeResult(attempt)).contains(result);
    }

    @Test
    void saysThatAResultIsGoneWhichOnlyAnEarlierMasterHad() {
        await().until(() -> !attached.isEmpty());

        assertThat(bring(new AttemptId(1, new StageId(2), 3, 4)))
                .hasValueSatisfying(cause -> assertThat(cause.taskFault()).isFalse());
    }

    private Optional<Cause> bring(AttemptId attempt) {
        CompletableFuture<Optional<Cause>> brought = new CompletableFuture<>();
        lines.get(0).bringResult(attempt, brought::complete);
        return brought.join();
    }

    @Test
    void endsAsTheDriverSays() throws Exception {
        await().until(() -> !attached.isEmpty());
        Thread master = new Thread(() -> {
            master().end().join();
            try {
                master().awaitFarewell(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        master.start();

        assertThat(lines.get(0).end(State.SUCCEEDED, 0, Optional.empty(), Duration.ofSeconds(30)))
                .isTrue();

        assertThat(master().end().join().getState()).isEqualTo(State.SUCCEEDED);
        master.join();
        assertThat(ends).isEmpty();
    }

    @Test
    void refusesADriverOfAnotherVersion() {
        CompletableFuture<Status> end = new CompletableFuture<>();
        GuardedChannel channel =
                GuardedChannel.open("localhost", master().address().port(), root.derive(Secret.DRIVER));
        try (channel) {
            DriverEndpointGrpc.newStub(channel.channel())
                    .attach(new StreamObserver<>() {
                        @Override
                        public void onNext(DriverDown message) {}

                        @Override
                        public void onError(Throwable failure) {
                            end.complete(Status.fromThrowable(failure));
                        }

                        @Override
                        public void onCompleted() {
                            end.complete(Status.OK);
                        }
                    })
                    .onNext(DriverUp.newBuilder()
                            .setHello(DriverHello.newBuilder()
                                    .setProtocolVersion(99)
                                    .setEngineVersion("0.0.1"))
                            .build());

            assertThat(end.join().getDescription()).contains("0.0.1", "99", "one build of Raddle");
        }
    }

    @Test
    void takesADriverForLostThatWasNotHeardOfForALease() {
        RelayHost lonely = host("lonely", Duration.ofMillis(300));
        try (lonely) {
            DriverEnd end = lonely.end().join();

            assertThat(end.getState()).isEqualTo(State.FAILED);
            assertThat(CauseCodec.decode(end.getCause())).isInstanceOf(Cause.DriverLost.class);
        }
    }

    private final class Watch implements LineWatch {
        @Override
        public void attached(MasterFinder.Address at) {
            attached.add(at);
        }

        @Override
        public void broke(String why) {}

        @Override
        public void cancelled(String by) {}

        @Override
        public void over(Cause cause) {
            ends.add(cause);
        }
    }
}
