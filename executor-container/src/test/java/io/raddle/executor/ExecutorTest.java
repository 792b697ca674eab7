package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.raddle.function.Function;
import io.raddle.id.ExecutorId;
import io.raddle.proto.AttemptId;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.KillTask;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorTest {
    @TempDir
    Path directory;

    private final TestEndpoint endpoint = new TestEndpoint();
    private final Queue<Integer> ends = new ConcurrentLinkedQueue<>();
    private Executor executor;

    @BeforeEach
    void start() {
        ExecutorIdentity identity =
                new ExecutorIdentity(new ExecutorId(3), 7, "container_3", "host", 45454, "/rack", 2);
        Workplace place = new Workplace(
                directory, getClass().getClassLoader(), 1 << 30, 64 << 20, List.of(directory.resolve("disk")));
        executor = Executor.start(
                identity,
                EndpointLocator.fixed(endpoint.endpoint),
                endpoint.secret,
                place,
                Optional.empty(),
                (code, why) -> ends.add(code));
        await().until(() -> endpoint.attaches() == 1);
    }

    @AfterEach
    void stop() {
        executor.close();
        endpoint.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("executor-3"));
    }

    @Test
    void saysWhoItIsWhenItAttaches() {
        assertThat(endpoint.lastHello().getContainer()).isEqualTo("container_3");
        assertThat(endpoint.lastHello().getHost()).isEqualTo("host");
        assertThat(endpoint.lastHello().getSlots()).isEqualTo(2);
        assertThat(endpoint.lastSnapshot().getAttemptsList()).isEmpty();
    }

    @Test
    void runsTasksAndReportsEachOnce() {
        StagePlan plan = TestPlans.mapped(UserCode.doubling());
        TaskLaunch[] tasks = IntStream.range(0, 500)
                .mapToObj(p -> TestPlans.task(plan, p, List.of(p, p + 1)))
                .toArray(TaskLaunch[]::new);

        endpoint.send(TestPlans.launch(plan, tasks));

        await().until(() -> endpoint.reports().count() == 500);
        for (int p = 0; p < 500; p++) {
            assertThat(value(report(p))).isEqualTo(List.of(2 * p, 2 * p + 2));
        }
        assertThat(report(0).getMetrics().getRecordsIn()).isEqualTo(2);
        assertThat(report(0).getMetrics().getRunNanos()).isPositive();
    }

    @Test
    void pushesAResultThatIsTooLargeForAReport() {
        StagePlan plan = TestPlans.mapped(each -> "x".repeat(3 << 20));

        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(1))));

        TaskReport report = report(0);
        byte[] pushed = endpoint.pushed(TestPlans.attempt(0)).orElseThrow();
        assertThat(report.getResult().getPushedBytes()).isGreaterThan(3 << 20).isEqualTo(pushed.length);
        assertThat(TestPlans.FORMAT.fromBytes(pushed)).isEqualTo(List.of("x".repeat(3 << 20)));
    }

    @Test
    void fetchesAPlanThatIsTooLargeForALaunch() {
        StagePlan plan = TestPlans.mapped(UserCode.doubling());
        endpoint.publish("plan", plan.toByteArray(), plan.toByteArray());

        endpoint.send(launchByHash(plan));

        assertThat(value(report(0))).isEqualTo(List.of(10));
    }

    @Test
    void refusesAnArtifactWithAnotherContentThanPromised() {
        StagePlan plan = TestPlans.mapped(UserCode.doubling());
        endpoint.publish("plan", plan.toByteArray(), TestPlans.collect().toByteArray());

        endpoint.send(launchByHash(plan));

        assertThat(report(0).getCause().getHappened()).contains("arrived with another content");
        assertThat(directory.resolve("artifacts")).isEmptyDirectory();
    }

    @Test
    void namesTheUsersFramesOfAnException() {
        StagePlan plan = TestPlans.mapped(UserCode.failing());

        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(5))));

        var thrown = report(0).getCause().getUserException();
        assertThat(thrown.getClassName()).isEqualTo("java.io.IOException");
        assertThat(thrown.getMessage()).isEqualTo("record 5 is bad");
        assertThat(thrown.getStack())
                .contains("at com.example.UserCode.lambda$failing")
                .contains("Caused by: java.lang.IllegalStateException: deep")
                .doesNotContain("io.raddle");
    }

    @Test
    void takesAFailureInAMethodOfTheJdkForTheUsers() {
        Function<Object, Object> parse =
                (Function<Object, Object> & java.io.Serializable) each -> Integer.parseInt((String) each);
        StagePlan plan = TestPlans.mapped(parse);

        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of("seven"))));

        assertThat(report(0).getCause().getUserException().getMessage()).contains("seven");
    }

    @Test
    void takesAStackOverflowForTheUsers() {
        StagePlan plan = TestPlans.mapped(UserCode.recursing());

        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(5))));

        assertThat(report(0).getCause().getUserException().getClassName()).isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void reportsAFullHeapAndThenEnds() {
        StagePlan plan = TestPlans.mapped(UserCode.outOfHeap());

        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(5))));

        assertThat(report(0).getCause().getOutOfMemory().getArea()).isEqualTo("Java heap space");
        assertThat(report(0).getCause().getOutOfMemory().getLimitBytes()).isEqualTo(1 << 30);
        await().untilAsserted(() -> assertThat(ends).containsExactly(ExitCode.OUT_OF_MEMORY));
    }

    @Test
    void givesEachTaskItsOwnCopyOfWhatAClosureCaptured() {
        StagePlan plan = TestPlans.mapped(UserCode.remembering());

        endpoint.send(
                TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(0, 0)), TestPlans.task(plan, 1, List.of(0, 0))));

        assertThat(value(report(0))).isEqualTo(List.of(1, 2));
        assertThat(value(report(1))).isEqualTo(List.of(1, 2));
    }

    @Test
    void killsARunningTaskByInterrupt() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 0, List.of(5))));
        UserCode.began.await();

        endpoint.send(kill(0));

        assertThat(report(0).getCause().getCancelled().getBy()).isEqualTo("the test");
        endpoint.send(TestPlans.launch(TestPlans.collect(), TestPlans.task(TestPlans.collect(), 1, List.of(5))));
        assertThat(value(report(1))).isEqualTo(List.of(5));
    }

    @Test
    void killsAQueuedTaskAtOnce() throws InterruptedException {
        UserCode.began = new CountDownLatch(2);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        endpoint.send(TestPlans.launch(
                plan,
                TestPlans.task(plan, 0, List.of(5)),
                TestPlans.task(plan, 1, List.of(5)),
                TestPlans.task(plan, 2, List.of(5))));
        UserCode.began.await();

        endpoint.send(kill(2));

        assertThat(report(2).getCause().hasCancelled()).isTrue();
        assertThat(endpoint.reports().count()).isEqualTo(1);
    }

    @Test
    void attachesAgainWithASnapshotOfWhatItHolds() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan blocking = TestPlans.mapped(UserCode.blocking());
        StagePlan plan = TestPlans.collect();
        endpoint.send(TestPlans.launch(blocking, TestPlans.task(blocking, 0, List.of(5))));
        UserCode.began.await();
        endpoint.acknowledging(false);
        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 1, List.of(5))));
        report(1);

        endpoint.breakStream();

        await().until(() -> endpoint.attaches() == 2);
        assertThat(endpoint.lastSnapshot().getAttemptsList()).containsExactly(TestPlans.attempt(0));
        assertThat(endpoint.lastSnapshot().getUnacknowledgedList()).containsExactly(TestPlans.attempt(1));
        endpoint.acknowledging(true);
        endpoint.send(kill(0));
        assertThat(report(0).getCause().hasCancelled()).isTrue();
        assertThat(endpoint.reports()).hasSize(2);
    }

    @Test
    void forgetsWhatItDidForAnotherDriver() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan blocking = TestPlans.mapped(UserCode.blocking());
        endpoint.send(TestPlans.launch(blocking, TestPlans.task(blocking, 0, List.of(5))));
        UserCode.began.await();

        endpoint.startAnew();

        await().until(() -> endpoint.attaches() == 2);
        StagePlan plan = TestPlans.collect();
        endpoint.send(TestPlans.launch(plan, TestPlans.task(plan, 1, List.of(5))));
        assertThat(value(report(1))).isEqualTo(List.of(5));
    }

    @Test
    void startsNoTaskWhileTooMuchIsUnacknowledged() {
        UserCode.CALLS.set(0);
        endpoint.acknowledging(false);
        StagePlan large = TestPlans.mapped(each -> "x".repeat(1 << 19));
        TaskLaunch[] tasks = IntStream.range(0, 40)
                .mapToObj(p -> TestPlans.task(large, p, List.of(1)))
                .toArray(TaskLaunch[]::new);
        endpoint.send(TestPlans.launch(large, tasks));
        await().until(() -> endpoint.reports().count() >= 17);
        StagePlan counting = TestPlans.mapped(UserCode.counting());
        endpoint.send(TestPlans.launch(counting, TestPlans.task(counting, 100, List.of(1))));

        endpoint.breakStream();
        await().until(() -> endpoint.attaches() == 2);
        assertThat(UserCode.CALLS).hasValue(0);
        assertThat(endpoint.reports().count()).isLessThan(25);

        endpoint.acknowledging(true);
        await().until(() -> UserCode.CALLS.get() == 1);
        await().until(() -> endpoint.reports().count() == 41);
    }

    @Test
    void refusesTasksBeyondItsQueue() throws InterruptedException {
        UserCode.began = new CountDownLatch(2);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        TaskLaunch[] tasks = IntStream.range(0, Slots.MAX_QUEUED + 10)
                .mapToObj(p -> TestPlans.task(plan, p, List.of(5)))
                .toArray(TaskLaunch[]::new);

        endpoint.send(TestPlans.launch(plan, tasks));

        await().until(() -> endpoint.reports().findAny().isPresent());
        assertThat(endpoint.reports().map(each -> each.getCause().getHappened()))
                .allMatch(each -> each.contains("queue of 16384 tasks is full"));
        UserCode.began.await();
    }

    @Test
    void leavesWhenItIsDrained() {
        endpoint.send(DriverMessage.newBuilder()
                .setDrain(io.raddle.proto.Drain.getDefaultInstance())
                .build());

        await().until(() -> endpoint.heard().stream().anyMatch(each -> each.hasLeaving()));
        await().untilAsserted(() -> assertThat(ends).containsExactly(ExitCode.DONE));
    }

    @Test
    void endsAtOnceWhenItIsTold() {
        endpoint.send(DriverMessage.newBuilder()
                .setStop(io.raddle.proto.Stop.getDefaultInstance())
                .build());

        await().untilAsserted(() -> assertThat(ends).containsExactly(ExitCode.DONE));
    }

    @Test
    void beats() {
        await().until(() -> endpoint.heard().stream().anyMatch(each -> each.hasHeartbeat()));
    }

    private TaskReport report(int partition) {
        AttemptId attempt = TestPlans.attempt(partition);
        await().until(() -> endpoint.report(attempt).isPresent());
        return endpoint.report(attempt).orElseThrow();
    }

    private static @Nullable Object value(TaskReport report) {
        assertThat(report.getCause().getHappened()).isEmpty();
        return TestPlans.FORMAT.fromBytes(report.getResult().getInline().toByteArray());
    }

    private static DriverMessage kill(int partition) {
        return DriverMessage.newBuilder()
                .setKill(KillTask.newBuilder()
                        .setAttempt(TestPlans.attempt(partition))
                        .setReason("the test"))
                .build();
    }

    private static DriverMessage launchByHash(StagePlan plan) {
        return DriverMessage.newBuilder()
                .setLaunch(LaunchBatch.newBuilder().addTasks(TestPlans.task(plan, 0, List.of(5))))
                .build();
    }
}
