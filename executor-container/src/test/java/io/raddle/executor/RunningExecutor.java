package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.id.ExecutorId;
import io.raddle.proto.AttemptId;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.KillTask;
import io.raddle.proto.RecallTasks;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An executor of two slots, attached to an endpoint of its own. */
final class RunningExecutor implements AutoCloseable {
    static final long CONTAINER_BYTES = 1 << 30;

    final TestEndpoint endpoint = new TestEndpoint();
    final Queue<Integer> ends = new ConcurrentLinkedQueue<>();
    private final ExecutorIdentity identity;
    private final Executor executor;

    RunningExecutor(Path directory) {
        this(
                new ExecutorIdentity(new ExecutorId(3), 7, "container_3", "host", 45454, "/rack", 2),
                directory,
                64 << 20,
                Optional.empty());
    }

    /** One that fills so much memory with records, and reads what others wrote where it has a network. */
    RunningExecutor(ExecutorIdentity identity, Path directory, long engineBytes, Optional<ShuffleNetwork> network) {
        this.identity = identity;
        Workplace place = new Workplace(
                directory,
                getClass().getClassLoader(),
                CONTAINER_BYTES,
                engineBytes,
                List.of(directory.resolve("disk")));
        executor = Executor.start(
                identity,
                EndpointLocator.fixed(endpoint.endpoint),
                endpoint.secret,
                place,
                network,
                (code, why) -> ends.add(code));
        await().until(() -> endpoint.attaches() == 1);
    }

    void launch(StagePlan plan, TaskLaunch... tasks) {
        endpoint.send(TestPlans.launch(plan, tasks));
    }

    /** Launches one task over these records and waits for its report. */
    TaskReport run(StagePlan plan, Object... records) {
        launch(plan, TestPlans.task(plan, 0, List.of(records)));
        return report(0);
    }

    void kill(int partition) {
        endpoint.send(DriverMessage.newBuilder()
                .setKill(KillTask.newBuilder()
                        .setAttempt(TestPlans.attempt(partition))
                        .setReason("the test"))
                .build());
    }

    void recall(int... partitions) {
        RecallTasks.Builder recall = RecallTasks.newBuilder();
        for (int partition : partitions) {
            recall.addAttempts(TestPlans.attempt(partition));
        }
        endpoint.send(DriverMessage.newBuilder().setRecall(recall).build());
    }

    TaskReport report(int partition) {
        AttemptId attempt = TestPlans.attempt(partition);
        if (endpoint.report(attempt).isEmpty()) {
            await().until(() -> endpoint.report(attempt).isPresent());
        }
        return endpoint.report(attempt).orElseThrow();
    }

    static @Nullable Object value(TaskReport report) {
        assertThat(report.getCause().getHappened()).isEmpty();
        return TestPlans.FORMAT.fromBytes(report.getResult().getInline().toByteArray());
    }

    @Override
    public void close() {
        executor.close();
        endpoint.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread ->
                        thread.getName().startsWith("executor-" + identity.id().number()));
    }
}
