package io.raddle.schedule;

import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.schedule.Action.AskContainers;
import io.raddle.schedule.Action.FailJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static Settings elastic(int min, int max) {
        return new Settings(
                1,
                min,
                max,
                2,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                512,
                256,
                4,
                Duration.ofMinutes(10),
                Duration.ofSeconds(60));
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
