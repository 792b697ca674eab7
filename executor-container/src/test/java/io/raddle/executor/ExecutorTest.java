package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.raddle.function.Function;
import io.raddle.id.ExecutorId;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import io.raddle.wire.Guarded;
import io.raddle.wire.GuardedServer;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorTest {
    @TempDir
    Path directory;

    private RunningExecutor executor;
    private TestEndpoint endpoint;

    @BeforeEach
    void start() {
        executor = new RunningExecutor(directory);
        endpoint = executor.endpoint;
    }

    @AfterEach
    void stop() {
        executor.close();
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

        executor.launch(plan, tasks);

        await().until(() -> endpoint.reports().count() == 500);
        for (int p = 0; p < 500; p++) {
            assertThat(RunningExecutor.value(executor.report(p))).isEqualTo(List.of(2 * p, 2 * p + 2));
        }
        assertThat(executor.report(0).getMetrics().getRecordsIn()).isEqualTo(2);
        assertThat(executor.report(0).getMetrics().getRunNanos()).isPositive();
    }

    @Test
    void pushesAResultThatIsTooLargeForAReport() {
        StagePlan plan = TestPlans.mapped(each -> "x".repeat(3 << 20));

        TaskReport report = executor.run(plan, 1);
        byte[] pushed = endpoint.pushed(TestPlans.attempt(0)).orElseThrow();
        assertThat(report.getResult().getPushedBytes()).isGreaterThan(3 << 20).isEqualTo(pushed.length);
        assertThat(TestPlans.FORMAT.fromBytes(pushed)).isEqualTo(List.of("x".repeat(3 << 20)));
    }

    @Test
    void fetchesAPlanThatIsTooLargeForALaunch() {
        StagePlan plan = TestPlans.mapped(UserCode.doubling());
        endpoint.publish("plan", plan.toByteArray(), plan.toByteArray());

        endpoint.send(launchByHash(plan));

        assertThat(RunningExecutor.value(executor.report(0))).isEqualTo(List.of(10));
    }

    @Test
    void refusesAnArtifactWithAnotherContentThanPromised() {
        StagePlan plan = TestPlans.mapped(UserCode.doubling());
        endpoint.publish("plan", plan.toByteArray(), TestPlans.collect().toByteArray());

        endpoint.send(launchByHash(plan));

        assertThat(executor.report(0).getCause().getHappened()).contains("arrived with another content");
        assertThat(directory.resolve("artifacts")).isEmptyDirectory();
    }

    @Test
    void namesTheUsersFramesOfAnException() {
        StagePlan plan = TestPlans.mapped(UserCode.failing());

        var thrown = executor.run(plan, 5).getCause().getUserException();
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

        assertThat(executor.run(plan, "seven").getCause().getUserException().getMessage())
                .contains("seven");
    }

    @Test
    void takesAStackOverflowForTheUsers() {
        StagePlan plan = TestPlans.mapped(UserCode.recursing());

        assertThat(executor.run(plan, 5).getCause().getUserException().getClassName())
                .isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void reportsAFullHeapAndThenEnds() {
        StagePlan plan = TestPlans.mapped(UserCode.outOfHeap());

        assertThat(executor.run(plan, 5).getCause().getOutOfMemory().getArea()).isEqualTo("Java heap space");
        assertThat(executor.report(0).getCause().getOutOfMemory().getLimitBytes())
                .isEqualTo(1 << 30);
        await().untilAsserted(() -> assertThat(executor.ends).containsExactly(ExitCode.OUT_OF_MEMORY));
    }

    @Test
    void givesEachTaskItsOwnCopyOfWhatAClosureCaptured() {
        StagePlan plan = TestPlans.mapped(UserCode.remembering());

        executor.launch(plan, TestPlans.task(plan, 0, List.of(0, 0)), TestPlans.task(plan, 1, List.of(0, 0)));

        assertThat(RunningExecutor.value(executor.report(0))).isEqualTo(List.of(1, 2));
        assertThat(RunningExecutor.value(executor.report(1))).isEqualTo(List.of(1, 2));
    }

    @Test
    void killsARunningTaskByInterrupt() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        executor.launch(plan, TestPlans.task(plan, 0, List.of(5)));
        UserCode.began.await();

        executor.kill(0);

        assertThat(executor.report(0).getCause().getCancelled().getBy()).isEqualTo("the test");
        executor.launch(TestPlans.collect(), TestPlans.task(TestPlans.collect(), 1, List.of(5)));
        assertThat(RunningExecutor.value(executor.report(1))).isEqualTo(List.of(5));
    }

    @Test
    void killsAQueuedTaskAtOnce() throws InterruptedException {
        UserCode.began = new CountDownLatch(2);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        executor.launch(
                plan,
                TestPlans.task(plan, 0, List.of(5)),
                TestPlans.task(plan, 1, List.of(5)),
                TestPlans.task(plan, 2, List.of(5)));
        UserCode.began.await();

        executor.kill(2);

        assertThat(executor.report(2).getCause().hasCancelled()).isTrue();
        assertThat(endpoint.reports().count()).isEqualTo(1);
    }

    @Test
    void givesBackWhatHasNotBegunAndNothingElse() throws InterruptedException {
        UserCode.began = new CountDownLatch(2);
        StagePlan plan = TestPlans.mapped(UserCode.blocking());
        executor.launch(
                plan,
                TestPlans.task(plan, 0, List.of(5)),
                TestPlans.task(plan, 1, List.of(5)),
                TestPlans.task(plan, 2, List.of(5)));
        UserCode.began.await();

        executor.recall(0, 2);

        assertThat(executor.report(2).hasRecalled()).isTrue();
        executor.kill(0);
        assertThat(executor.report(0).getCause().hasCancelled()).isTrue();
    }

    @Test
    void attachesAgainWithASnapshotOfWhatItHolds() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan blocking = TestPlans.mapped(UserCode.blocking());
        StagePlan plan = TestPlans.collect();
        executor.launch(blocking, TestPlans.task(blocking, 0, List.of(5)));
        UserCode.began.await();
        endpoint.acknowledging(false);
        executor.launch(plan, TestPlans.task(plan, 1, List.of(5)));
        executor.report(1);

        endpoint.breakStream();

        await().until(() -> endpoint.attaches() == 2);
        assertThat(endpoint.lastSnapshot().getAttemptsList()).containsExactly(TestPlans.attempt(0));
        assertThat(endpoint.lastSnapshot().getUnacknowledgedList()).containsExactly(TestPlans.attempt(1));
        endpoint.acknowledging(true);
        executor.kill(0);
        assertThat(executor.report(0).getCause().hasCancelled()).isTrue();
        assertThat(endpoint.reports()).hasSize(2);
    }

    @Test
    void forgetsWhatItDidForAnotherDriver() throws InterruptedException {
        UserCode.began = new CountDownLatch(1);
        StagePlan blocking = TestPlans.mapped(UserCode.blocking());
        executor.launch(blocking, TestPlans.task(blocking, 0, List.of(5)));
        UserCode.began.await();

        endpoint.startAnew();

        await().until(() -> endpoint.attaches() == 2);
        StagePlan plan = TestPlans.collect();
        executor.launch(plan, TestPlans.task(plan, 1, List.of(5)));
        assertThat(RunningExecutor.value(executor.report(1))).isEqualTo(List.of(5));
    }

    @Test
    void startsNoTaskWhileTooMuchIsUnacknowledged() {
        UserCode.CALLS.set(0);
        endpoint.acknowledging(false);
        StagePlan large = TestPlans.mapped(each -> "x".repeat(1 << 19));
        TaskLaunch[] tasks = IntStream.range(0, 40)
                .mapToObj(p -> TestPlans.task(large, p, List.of(1)))
                .toArray(TaskLaunch[]::new);
        executor.launch(large, tasks);
        await().until(() -> endpoint.reports().count() >= 16);
        StagePlan counting = TestPlans.mapped(UserCode.counting());
        executor.launch(counting, TestPlans.task(counting, 100, List.of(1)));

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

        executor.launch(plan, tasks);

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
        await().untilAsserted(() -> assertThat(executor.ends).containsExactly(ExitCode.DONE));
    }

    @Test
    void endsAtOnceWhenItIsTold() {
        endpoint.send(DriverMessage.newBuilder()
                .setStop(io.raddle.proto.Stop.getDefaultInstance())
                .build());

        await().untilAsserted(() -> assertThat(executor.ends).containsExactly(ExitCode.DONE));
    }

    @Test
    void endsWhenNoEndpointAnswersUntilItsLeaseIsOver() {
        endpoint.lease(200);
        endpoint.breakStream();
        await().until(() -> endpoint.attaches() == 2);

        endpoint.close();

        await().untilAsserted(() -> assertThat(executor.ends).containsExactly(ExitCode.LEASE_OVER));
    }

    @Test
    void endsWhenTheEndpointRefusesItsSecret() {
        Queue<Integer> ends = new ConcurrentLinkedQueue<>();
        Workplace place = new Workplace(directory, getClass().getClassLoader(), 1 << 30, 1 << 20, List.of(directory));
        try (Executor stranger = Executor.start(
                new ExecutorIdentity(new ExecutorId(4), 1, "", "host", 0, "", 1),
                EndpointLocator.fixed(endpoint.endpoint),
                Secret.random(),
                place,
                Optional.empty(),
                (code, why) -> ends.add(code))) {
            await().untilAsserted(() -> assertThat(ends).contains(ExitCode.REFUSED));
            assertThat(stranger).isNotNull();
        }
        assertThat(endpoint.attaches()).isEqualTo(1);
    }

    @Test
    void goesOnLookingWhenAStrangerHasTheAddressOfItsEndpoint() {
        endpoint.lease(2000);
        endpoint.breakStream();
        await().until(() -> endpoint.attaches() == 2);
        endpoint.close();

        try (GuardedServer stranger =
                GuardedServer.inProcess(endpoint.endpoint.host(), List.of(new Guarded(endpoint, Secret.random())))) {
            assertThat(stranger).isNotNull();
            await().untilAsserted(() -> assertThat(executor.ends).containsExactly(ExitCode.LEASE_OVER));
        }
    }

    @Test
    void beats() {
        await().until(() -> endpoint.heard().stream().anyMatch(each -> each.hasHeartbeat()));
    }

    private static DriverMessage launchByHash(StagePlan plan) {
        return DriverMessage.newBuilder()
                .setLaunch(LaunchBatch.newBuilder().addTasks(TestPlans.task(plan, 0, List.of(5))))
                .build();
    }
}
