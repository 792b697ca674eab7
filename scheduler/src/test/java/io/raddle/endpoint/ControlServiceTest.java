package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.CancelRequest;
import io.raddle.proto.ControlGrpc;
import io.raddle.proto.ControlGrpc.ControlBlockingStub;
import io.raddle.proto.FarewellRequest;
import io.raddle.proto.LogChunk;
import io.raddle.proto.StatusRequest;
import io.raddle.proto.TailRequest;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServiceTest {
    @TempDir
    Path directory;

    private final FakeApplication application = new FakeApplication();
    private Path output;
    private Endpoint endpoint;
    private GuardedChannel channel;
    private ControlBlockingStub control;

    @BeforeEach
    void open() {
        Secret root = Secret.random();
        output = directory.resolve("stdout");
        EndpointSettings settings = new EndpointSettings(
                root.derive(Secret.EXECUTOR),
                root.derive(Secret.CONTROL),
                Optional.empty(),
                directory,
                1 << 20,
                Optional.of(output),
                Optional.empty());
        endpoint = new Endpoint(settings, application);
        channel = GuardedChannel.inProcess(endpoint.name(), root.derive(Secret.CONTROL));
        control = ControlGrpc.newBlockingStub(channel.channel());
    }

    @AfterEach
    void close() {
        channel.close();
        endpoint.close();
    }

    @Test
    void saysHowTheApplicationStands() {
        application.stands(
                ApplicationStatus.newBuilder().setState(State.RUNNING).setTasksDone(5));

        assertThat(control.status(StatusRequest.getDefaultInstance()).getTasksDone())
                .isEqualTo(5);
    }

    @Test
    void tellsWatchersOfEachChangeUntilTheEnd() {
        Iterator<ApplicationStatus> watch = control.watch(StatusRequest.getDefaultInstance());
        assertThat(watch.next().getState()).isEqualTo(State.RUNNING);

        application.stands(
                ApplicationStatus.newBuilder().setState(State.RUNNING).setTasksDone(9));
        assertThat(watch.next().getTasksDone()).isEqualTo(9);

        application.stands(ApplicationStatus.newBuilder().setState(State.FAILED).setExitCode(3));
        assertThat(watch.next().getExitCode()).isEqualTo(3);
        assertThat(watch.hasNext()).isFalse();
    }

    @Test
    void saysNothingToWatchersWhenOnlyTimePasses() {
        application.stands(
                ApplicationStatus.newBuilder().setState(State.RUNNING).setElapsedMillis(1));
        Iterator<ApplicationStatus> watch = control.watch(StatusRequest.getDefaultInstance());
        watch.next();

        application.stands(
                ApplicationStatus.newBuilder().setState(State.RUNNING).setElapsedMillis(2));
        CompletableFuture<ApplicationStatus> second = CompletableFuture.supplyAsync(watch::next);
        application.stands(ApplicationStatus.newBuilder()
                .setState(State.RUNNING)
                .setElapsedMillis(3)
                .setTasksDone(1));

        assertThat(second.join().getTasksDone()).isEqualTo(1);
    }

    @Test
    void refusesMoreWatchersThanItHasRoomFor() {
        for (int watcher = 0; watcher < ControlService.MAX_WATCHERS; watcher++) {
            control.watch(StatusRequest.getDefaultInstance()).next();
        }

        Iterator<ApplicationStatus> oneMore = control.watch(StatusRequest.getDefaultInstance());

        assertThatThrownBy(oneMore::next)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }

    @Test
    void knowsWhetherAnybodyFollowsTheApplication() {
        control.status(StatusRequest.getDefaultInstance());
        assertThat(endpoint.watched()).isFalse();

        control.watch(StatusRequest.getDefaultInstance()).next();

        assertThat(endpoint.watched()).isTrue();
    }

    @Test
    void readsALogFromAnOffset() throws Exception {
        Files.writeString(output, "hello world");

        assertThat(text(control.tailLog(tail(6, false)))).isEqualTo("world");
    }

    @Test
    void readsALogThatIsNotThereYetAsEmpty() {
        assertThat(text(control.tailLog(tail(0, false)))).isEmpty();
    }

    @Test
    void followsALogUntilTheApplicationEnds() throws Exception {
        Files.writeString(output, "one ");
        List<LogChunk> chunks = new ArrayList<>();
        CompletableFuture<Void> reading =
                CompletableFuture.runAsync(() -> control.tailLog(tail(0, true)).forEachRemaining(chunk -> {
                    synchronized (chunks) {
                        chunks.add(chunk);
                    }
                }));
        await().until(() -> text(chunks).equals("one "));

        Files.writeString(output, "two", StandardOpenOption.APPEND);
        await().until(() -> text(chunks).equals("one two"));
        assertThat(reading).isNotDone();
        application.stands(ApplicationStatus.newBuilder().setState(State.SUCCEEDED));

        reading.join();
        assertThat(chunks).extracting(LogChunk::getOffsetBytes).containsExactly(0L, 4L);
    }

    @Test
    void sendsALargeLogWhole() throws Exception {
        String text = "0123456789".repeat(100_000);
        Files.writeString(output, text);

        assertThat(text(control.tailLog(tail(0, false)))).isEqualTo(text);
    }

    @Test
    void saysWhereOutputIsThatIsNotKept() {
        TailRequest request =
                TailRequest.newBuilder().setStream(TailRequest.Stream.STDERR).build();

        assertThatThrownBy(() -> text(control.tailLog(request)))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("its own console");
    }

    @Test
    void passesACancelOn() {
        control.cancel(CancelRequest.newBuilder().setBy("alice").build());

        assertThat(application.cancelledBy()).contains("alice");
    }

    @Test
    void waitsForAFarewellNoLongerThanItsBound() throws Exception {
        assertThat(endpoint.awaitFarewell(Duration.ofMillis(1))).isFalse();

        control.farewell(FarewellRequest.getDefaultInstance());

        assertThat(endpoint.awaitFarewell(Duration.ofSeconds(30))).isTrue();
    }

    private static TailRequest tail(long offset, boolean follow) {
        return TailRequest.newBuilder()
                .setStream(TailRequest.Stream.STDOUT)
                .setOffsetBytes(offset)
                .setFollow(follow)
                .build();
    }

    private static String text(Iterator<LogChunk> chunks) {
        List<LogChunk> all = new ArrayList<>();
        chunks.forEachRemaining(all::add);
        return text(all);
    }

    private static String text(List<LogChunk> chunks) {
        StringBuilder text = new StringBuilder();
        synchronized (chunks) {
            chunks.forEach(chunk -> text.append(chunk.getData().toStringUtf8()));
        }
        return text.toString();
    }
}
