package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.id.AttemptId;
import io.raddle.schedule.Action.LaunchBatch;
import io.raddle.schedule.Event.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long MICROSECOND = 1_000;

    private final Bench bench = new Bench();

    private static StageSpec preferring(int stage, String... hosts) {
        List<Preference> each = new ArrayList<>();
        for (String host : hosts) {
            each.add(Preference.hosts(List.of(host)));
        }
        return result(stage, hosts.length).preferring(each);
    }

    @Test
    void fillsSlotsBreadthFirst() {
        bench.attach(1, 2);
        bench.attach(2, 2);

        List<Action> actions = bench.submit(1, result(1, 2));

        assertThat(only(LaunchBatch.class, actions))
                .extracting(LaunchBatch::executor)
                .containsExactlyInAnyOrder(Bench.executor(1), Bench.executor(2));
    }

    @Test
    void runsATaskWhereItsDataIs() {
        bench.attach(1, 1);
        bench.attach(2, 1);

        bench.submit(1, preferring(1, "host2", "host1"));

        assertThat(bench.place(attempt(1, 0, 0))).isEqualTo(Bench.executor(2));
        assertThat(bench.place(attempt(1, 1, 0))).isEqualTo(Bench.executor(1));
    }

    @Test
    void waitsForABetterPlaceButNotForEver() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        List<Action> first = bench.submit(1, preferring(1, "host2", "host2"));
        assertThat(attempts(first)).containsExactly(attempt(1, 0, 0));

        assertThat(attempts(bench.after(Duration.ofMillis(2_900)))).isEmpty();
        assertThat(bench.core.explain(bench.now())).anyMatch(line -> line.contains("nearer to their data"));
        assertThat(attempts(bench.after(Duration.ofMillis(200)))).containsExactly(attempt(1, 1, 0));
        assertThat(bench.place(attempt(1, 1, 0))).isEqualTo(Bench.executor(1));
    }

    @Test
    void doesNotWaitForAHostWithoutExecutors() {
        bench.attach(1, 2);

        assertThat(attempts(bench.submit(1, preferring(1, "host9", "host8")))).hasSize(2);
    }

    @Test
    void neverWaitsWithoutAPreference() {
        bench.attach(1, 4);

        assertThat(attempts(bench.submit(1, result(1, 4)))).hasSize(4);
    }

    @Test
    void queuesShortTasksBehindTheSlotsOnceTheyAreKnownToBeShort() {
        bench.attach(1, 1);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 1000)));
        assertThat(first).hasSize(1);

        List<Action> next = bench.send(
                new Event.TaskEnded(Bench.executor(1), first.get(0), 100 * MICROSECOND, new Outcome.Succeeded()));

        assertThat(attempts(next)).hasSize(1 + Bench.SETTINGS.queueLimit());
        assertThat(only(LaunchBatch.class, next))
                .allMatch(batch -> batch.launches().size() <= Bench.SETTINGS.batchLimit());
    }

    @Test
    void doesNotQueueLongTasks() {
        bench.attach(1, 1);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 1000)));

        assertThat(attempts(bench.succeed(first.get(0)))).hasSize(1);
    }

    @Test
    void asksQueuedTasksBackWhenAnotherExecutorIsIdle() {
        bench.attach(1, 1);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 4)));
        bench.send(new Event.TaskEnded(Bench.executor(1), first.get(0), MICROSECOND, new Outcome.Succeeded()));
        bench.attach(2, 1);

        List<Action.RecallTasks> recalls = only(Action.RecallTasks.class, bench.after(Duration.ofSeconds(1)));

        assertThat(recalls)
                .singleElement()
                .satisfies(recall -> assertThat(recall.attempts()).containsExactly(attempt(1, 2, 0), attempt(1, 3, 0)));
        List<Action> again = bench.end(attempt(1, 2, 0), new Outcome.Recalled());
        assertThat(attempts(again)).containsExactly(attempt(1, 2, 1));
        assertThat(bench.place(attempt(1, 2, 1))).isEqualTo(Bench.executor(2));
    }

    @Test
    void earlierJobsComeFirst() {
        bench.submit(1, result(1, 1));
        bench.submit(2, result(2, 1));

        assertThat(attempts(bench.attach(1, 1))).containsExactly(attempt(1, 0, 0));
    }

    @Test
    void explainsThatNoExecutorIsThere() {
        bench.submit(1, result(1, 3));

        assertThat(bench.core.explain(bench.now()))
                .anyMatch(line -> line.startsWith("3 tasks of stage 1 wait because there is no executor yet"))
                .anyMatch(line -> line.contains("2 containers are asked for"));
    }

    @Test
    void explainsThatNoSlotIsFree() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 3));

        assertThat(bench.core.explain(bench.now()))
                .containsExactly(
                        "2 tasks of stage 1 wait for a free slot on one of 1 executors.",
                        "1 containers are asked for and not granted yet.");
    }

    @Test
    void placesTasksOfALargeStageWithoutLookingAtAllOfThem() {
        int tasks = 200_000;
        bench.attach(1, 64);
        List<AttemptId> work = new ArrayList<>(attempts(bench.submit(1, result(1, tasks))));
        long ended = 0;
        while (!work.isEmpty()) {
            List<AttemptId> batch = work;
            work = new ArrayList<>();
            Collections.reverse(batch);
            for (AttemptId id : batch) {
                bench.core.on(
                        new Event.TaskEnded(Bench.executor(1), id, MICROSECOND, new Outcome.Succeeded()), bench.now());
                ended++;
            }
            work.addAll(attempts(bench.core.settle(bench.now())));
        }

        assertThat(ended).isEqualTo(tasks);
        assertThat(bench.core.progress().jobsDone()).isEqualTo(1);
    }
}
