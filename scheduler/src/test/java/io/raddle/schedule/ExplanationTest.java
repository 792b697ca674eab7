package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.node;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Publication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why work waits, in the words that consoles and pages show. */
class ExplanationTest {
    private static final Cause SILENCE = new Cause.Unreachable("host1:8041", "no heartbeat");
    private static final String NOT_GRANTED = "1 containers are asked for and not granted yet.";

    private final Bench bench = new Bench();

    private List<String> sentences() {
        return bench.core.explain(bench.now());
    }

    @Test
    void saysNothingWhenNothingWaits() {
        bench.attach(1, 2);
        bench.submit(1, result(1, 2));

        assertThat(sentences()).isEmpty();
    }

    @Test
    void saysThatThereIsNoExecutorYet() {
        bench.submit(1, result(1, 3));

        assertThat(sentences())
                .containsExactly(
                        "3 tasks of stage 1 wait because there is no executor yet.",
                        "2 containers are asked for and not granted yet.");
    }

    @Test
    void saysThatExecutorsAreStarting() {
        bench.submit(1, result(1, 3));
        bench.send(
                new Event.ContainerAllocated(executor(1), node(1)), new Event.ContainerAllocated(executor(2), node(2)));

        assertThat(sentences())
                .containsExactly("3 tasks of stage 1 wait because none of 2 starting executors has attached yet.");
    }

    @Test
    void saysThatAllSlotsAreBusy() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 3));

        assertThat(sentences())
                .containsExactly("2 tasks of stage 1 wait for a free slot on one of 1 executors.", NOT_GRANTED);
    }

    @Test
    void saysHowMuchLongerATaskWaitsForItsData() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        Preference second = Preference.hosts(List.of("host2"));
        bench.submit(1, result(1, 2).preferring(List.of(second, second)));
        bench.after(Duration.ofMillis(500));

        assertThat(sentences())
                .containsExactly("1 tasks of stage 1 wait for a slot nearer to their data, at most 2.5 s longer.");
    }

    @Test
    void repeatsWhatTheClusterAnsweredLastUntilItGrants() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 3));
        Cause full = new Cause.LimitExceeded("The queue etl is full.", "the queue's capacity");
        bench.send(new Event.ContainersRefused(full));
        assertThat(sentences())
                .contains("1 containers are asked for; the last answer was: The queue etl is full."
                        + " Raise the queue's capacity or ask for less at once.");

        bench.send(new Event.ContainerAllocated(executor(2), node(2)));
        bench.lose(2, new Cause.NodeLost("host2:8041"));

        assertThat(sentences()).contains(NOT_GRANTED);
    }

    @Test
    void saysWhichInputsAStageWaitsFor() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 1), map(2, 8, 1), result(3, 1, 7, 8));

        assertThat(sentences())
                .containsExactly(
                        "1 tasks of stage 2 wait for a free slot on one of 1 executors.",
                        "stage 3 waits for shuffle 7 from stage 1, shuffle 8 from stage 2.",
                        NOT_GRANTED);
        bench.succeed(attempt(1, 0, 0));
        assertThat(sentences()).contains("stage 3 waits for shuffle 8 from stage 2.");
    }

    @Test
    void namesThreeInputsAndCountsTheRest() {
        bench.submit(
                1, map(1, 1, 1), map(2, 2, 1), map(3, 3, 1), map(4, 4, 1), map(5, 5, 1), result(6, 1, 1, 2, 3, 4, 5));

        assertThat(sentences())
                .contains("stage 6 waits for shuffle 1 from stage 1, shuffle 2 from stage 2,"
                        + " shuffle 3 from stage 3 and 2 more.");
    }

    @Test
    void saysThatAStageWaitsAgainBecauseItsInputsWereLost() {
        bench.attach(1, 1, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));

        bench.lose(1, new Cause.ExecutorExited("host1:8041", 137, ""));

        assertThat(sentences()).contains("stage 2 waits for shuffle 7 from stage 1 again, because outputs were lost.");
    }

    @Test
    void saysThatACommitterIsNotHeardFromUntilItIs() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));
        bench.send(new Event.ExecutorLost(executor(1), 1, SILENCE));
        String waits = "A task that may be publishing its output is on an executor that is not heard from.";
        assertThat(sentences()).containsExactly(waits);

        bench.attach(
                1,
                1,
                1,
                OutputLife.WITH_NODE,
                new Snapshot(List.of(attempt(1, 0, 0)), List.of(), List.of(), List.of()));

        assertThat(sentences()).isEmpty();
    }

    @Test
    void changesNothingByExplaining() {
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        List<String> before = sentences();

        assertThat(sentences()).isEqualTo(before);
        assertThat(bench.core.settle(bench.now())).isEmpty();
    }
}
