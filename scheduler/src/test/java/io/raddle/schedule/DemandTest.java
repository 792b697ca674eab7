package io.raddle.schedule;

import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.schedule.Action.AskContainers;
import io.raddle.schedule.Action.FailJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static Settings elastic(int min, int max) {
        return elastic(min, max, max);
    }

    private static Settings elastic(int min, int first, int max) {
        return new Settings(
                1,
                min,
                first,
                max,
                2,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                512,
                256,
                4,
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                SpeculationRule.NONE);
    }

    @Test
    void asksForTheMinimumBeforeAnyWorkComes() {
        Bench bench = new Bench(elastic(2, 2));

        assertThat(only(AskContainers.class, bench.send(new Event.Tick())))
                .extracting(AskContainers::count)
                .containsExactly(2);
        assertThat(only(
                        AskContainers.class,
                        bench.send(new Event.ContainerAllocated(Bench.executor(1), Bench.node(1)))))
                .extracting(AskContainers::count)
                .containsExactly(1);
    }

    @Test
    void growsWithTheWorkUpToTheMaximum() {
        Bench bench = new Bench(elastic(0, 3));

        assertThat(only(AskContainers.class, bench.submit(1, result(1, 3))))
                .extracting(AskContainers::count)
                .containsExactly(2);
        assertThat(only(AskContainers.class, bench.submit(2, result(2, 100))))
                .extracting(AskContainers::count)
                .containsExactly(3);
    }

    @Test
    void growsInStepsThatDoubleWhileWorkWaits() {
        Bench bench = new Bench(elastic(0, 2, 10));
        bench.after(Duration.ofMillis(100));
        assertThat(asked(bench.submit(1, result(1, 100)))).containsExactly(2);

        assertThat(asked(bench.after(Duration.ofMillis(900)))).isEmpty();
        assertThat(asked(bench.after(Duration.ofMillis(100)))).containsExactly(3);
        assertThat(asked(bench.after(Duration.ofSeconds(1)))).containsExactly(5);
        assertThat(asked(bench.after(Duration.ofSeconds(1)))).containsExactly(9);
        assertThat(asked(bench.after(Duration.ofSeconds(1)))).containsExactly(10);
        assertThat(asked(bench.after(Duration.ofSeconds(1)))).isEmpty();
    }

    @Test
    void startsSmallAgainWhenTheWorkWasDone() {
        Bench bench = new Bench(elastic(0, 1, 10));
        bench.submit(1, result(1, 100));
        bench.after(Duration.ofSeconds(1));
        bench.after(Duration.ofSeconds(1));
        bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("test")));
        bench.after(Duration.ofMillis(100));

        assertThat(asked(bench.submit(2, result(2, 100)))).containsExactly(1);
    }

    private static List<Integer> asked(List<Action> actions) {
        return only(AskContainers.class, actions).stream()
                .map(AskContainers::count)
                .toList();
    }

    @Test
    void namesTheHostsThatTasksWouldLike() {
        Bench bench = new Bench(elastic(0, 3));
        Preference preference = Preference.hosts(List.of("host7"));

        assertThat(only(AskContainers.class, bench.submit(1, result(1, 2).preferring(List.of(preference, preference)))))
                .singleElement()
                .satisfies(ask -> assertThat(ask.hosts()).containsEntry("host7", 2));
    }

    @Test
    void givesBackAContainerBeyondTheMaximum() {
        Bench bench = new Bench(elastic(0, 1));
        bench.send(new Event.ContainerAllocated(Bench.executor(1), Bench.node(1)));

        assertThat(only(
                        Action.ReleaseContainer.class,
                        bench.send(new Event.ContainerAllocated(Bench.executor(2), Bench.node(1)))))
                .containsExactly(new Action.ReleaseContainer(Bench.executor(2)));
    }

    @Test
    void letsIdleExecutorsGoDownToTheMinimum() {
        Bench bench = new Bench(elastic(1, 3));
        bench.attach(1, 2);
        bench.attach(2, 2);

        assertThat(only(Action.DrainExecutor.class, bench.after(Duration.ofSeconds(61))))
                .hasSize(1);
        assertThat(only(Action.DrainExecutor.class, bench.after(Duration.ofSeconds(61))))
                .isEmpty();
    }

    @Test
    void failsJobsWhenTheClusterRefusesAndNothingRuns() {
        Bench bench = new Bench(elastic(1, 1));
        bench.submit(1, result(1, 1));
        Cause cause = new Cause.ClusterRefused("The queue etl is stopped.", "Name another.");

        assertThat(only(FailJob.class, bench.send(new Event.ContainersRefused(cause))))
                .hasSize(1);
    }

    @Test
    void waitsWhenTheClusterIsOnlyFullAndSaysSo() {
        Bench bench = new Bench(elastic(1, 1));
        bench.submit(1, result(1, 1));
        Cause cause = new Cause.LimitExceeded("The queue etl is full.", "yarn.queue");

        assertThat(only(FailJob.class, bench.send(new Event.ContainersRefused(cause))))
                .isEmpty();
        assertThat(bench.core.explain(bench.now())).anyMatch(line -> line.contains("The queue etl is full."));
    }

    private static void launch(Bench bench, int executor) {
        bench.send(new Event.ContainerAllocated(Bench.executor(executor), Bench.node(1)));
    }

    private static void failLaunches(Bench bench, int from, int to) {
        for (int i = from; i <= to; i++) {
            launch(bench, i);
            bench.lose(i, new Cause.LaunchFailed("host1", "no java"));
        }
    }

    @Test
    void anExecutorThatWasAskedToLeaveBeforeItAttachedIsNoFailedLaunch() {
        Bench bench = new Bench(elastic(0, 1));
        bench.submit(1, result(1, 1));
        failLaunches(bench, 1, 2);
        launch(bench, 3);
        bench.send(new Event.ExecutorDraining(Bench.executor(3)));

        bench.lose(3, new Cause.ExecutorExited("host1", 0, "drained"));
        assertThat(bench.all(FailJob.class)).isEmpty();

        failLaunches(bench, 4, 4);
        assertThat(bench.all(FailJob.class)).hasSize(1);
    }

    @Test
    void jobsGoOnWhileASilentExecutorMayComeBack() {
        Bench bench = new Bench(elastic(0, 1));
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        bench.send(new Event.ExecutorLost(Bench.executor(1), 1, new Cause.Unreachable("host1:1", "no heartbeat")));

        failLaunches(bench, 2, 9);
        assertThat(bench.all(FailJob.class)).isEmpty();

        bench.lose(1, new Cause.NodeLost("host1"));
        failLaunches(bench, 10, 10);
        assertThat(bench.all(FailJob.class)).hasSize(1);
    }

    @Test
    void jobsGoOnWhileADrainingExecutorStillWorks() {
        Bench bench = new Bench(elastic(0, 1));
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        bench.send(new Event.ExecutorDraining(Bench.executor(1)));
        failLaunches(bench, 2, 9);

        bench.succeed(Bench.attempt(1, 0, 0));

        assertThat(bench.all(FailJob.class)).isEmpty();
        assertThat(bench.all(Action.CompleteJob.class)).hasSize(1);
    }

    @Test
    void saysOfAProcessThatEndedBeforeItAttachedThatItDidNotStart() {
        Bench bench = new Bench(elastic(0, 1));
        bench.submit(1, result(1, 1));
        for (int i = 1; i <= 3; i++) {
            launch(bench, i);
            bench.lose(i, new Cause.ExecutorExited("host1:1", 134, "no such library"));
        }

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.LaunchFailed("host1:1", "exit code 134. no such library"));
    }

    @Test
    void countsFailedLaunchesAnewOnceAnExecutorAttaches() {
        Bench bench = new Bench(elastic(0, 1));
        bench.submit(1, result(1, 1));
        failLaunches(bench, 1, 2);
        bench.attach(3, 1);
        bench.lose(3, new Cause.ExecutorExited("host1:1", 137, ""));

        failLaunches(bench, 4, 5);
        assertThat(bench.all(FailJob.class)).isEmpty();
        failLaunches(bench, 6, 6);
        assertThat(bench.all(FailJob.class)).hasSize(1);
    }

    @Test
    void aNodeThatIsLostOrAContainerThatIsPreemptedIsNoFailedLaunch() {
        Bench bench = new Bench(elastic(0, 1));
        bench.submit(1, result(1, 1));
        for (int i = 1; i <= 20; i++) {
            launch(bench, i);
            bench.lose(i, i % 2 == 0 ? new Cause.NodeLost("host1") : new Cause.Preempted("host1"));
        }

        assertThat(bench.all(FailJob.class)).isEmpty();
    }

    @Test
    void failsJobsWhenNoLaunchEverSucceeds() {
        Bench bench = new Bench(elastic(1, 1));
        bench.submit(1, result(1, 1));
        for (int i = 1; i <= 4; i++) {
            bench.send(new Event.ContainerAllocated(Bench.executor(i), Bench.node(1)));
            bench.lose(i, new Cause.LaunchFailed("host1", "no java"));
        }

        assertThat(bench.all(FailJob.class)).hasSize(1);
    }
}
