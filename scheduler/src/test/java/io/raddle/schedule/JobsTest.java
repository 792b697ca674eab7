package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.launches;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Action.CompleteJob;
import io.raddle.schedule.Action.DropShuffle;
import io.raddle.schedule.Action.FailJob;
import io.raddle.schedule.Action.KillTask;
import io.raddle.schedule.Action.PublishMapOutputs;
import io.raddle.schedule.Action.ShuffleInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Bench bench = new Bench();

    @Test
    void runsAJobOfOneStageToItsEnd() {
        bench.attach(1, 2);

        List<Action> first = bench.submit(1, result(1, 3));
        assertThat(attempts(first)).containsExactly(attempt(1, 0, 0), attempt(1, 1, 0));
        bench.succeedAll(first);

        assertThat(bench.all(CompleteJob.class)).containsExactly(new CompleteJob(new JobId(1)));
        assertThat(bench.all(Action.AcceptPayload.class)).hasSize(3);
    }

    @Test
    void startsReducersWhenTheMapOutputsArePublished() {
        bench.attach(1, 4);
        List<Action> maps = bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        assertThat(attempts(maps)).allMatch(id -> id.stage().number() == 1);

        bench.succeed(attempt(1, 0, 0));
        List<Action> last = bench.succeed(attempt(1, 1, 0));

        assertThat(only(PublishMapOutputs.class, last))
                .containsExactly(
                        new PublishMapOutputs(new ShuffleId(7), 1, List.of(attempt(1, 0, 0), attempt(1, 1, 0))));
        assertThat(launches(last)).singleElement().satisfies(launch -> {
            assertThat(launch.attempt()).isEqualTo(attempt(2, 0, 0));
            assertThat(launch.inputs()).containsExactly(new ShuffleInput(new ShuffleId(7), 1));
        });
    }

    @Test
    void computesAMapStageOnceForTwoJobs() {
        bench.attach(1, 4);
        bench.succeedAll(bench.submit(1, map(1, 7, 2), result(2, 1, 7)));

        List<Action> second = bench.submit(2, map(3, 7, 2), result(4, 1, 7));

        assertThat(attempts(second)).containsExactly(attempt(4, 0, 0));
    }

    @Test
    void completesAJobWithoutTasksAtOnce() {
        List<Action> actions = bench.submit(1, map(1, 7, 0), result(2, 0, 7));

        assertThat(only(CompleteJob.class, actions)).hasSize(1);
    }

    @Test
    void killsWhatRunsWhenAJobIsCancelled() {
        bench.attach(1, 2);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        Cause cause = new Cause.Cancelled("alice");

        List<Action> actions = bench.send(new Event.JobCancelled(new JobId(1), cause));

        assertThat(only(KillTask.class, actions)).hasSize(2);
        assertThat(only(FailJob.class, actions)).containsExactly(new FailJob(new JobId(1), cause));
    }

    @Test
    void keepsAStageRunningThatAnotherJobWaitsFor() {
        bench.attach(1, 2);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        bench.submit(2, map(3, 7, 2), result(4, 1, 7));

        List<Action> actions = bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice")));

        assertThat(only(KillTask.class, actions)).isEmpty();
        bench.succeedAll(List.of(new Action.LaunchBatch(
                Bench.executor(1),
                List.of(
                        new Action.Launch(attempt(1, 0, 0), List.of(), 1),
                        new Action.Launch(attempt(1, 1, 0), List.of(), 1)))));
        assertThat(bench.all(CompleteJob.class)).containsExactly(new CompleteJob(new JobId(2)));
    }

    @Test
    void dropsAReleasedShuffleOnceNoJobUsesIt() {
        bench.attach(1, 2);
        List<Action> first = bench.submit(1, map(1, 7, 1), result(2, 1, 7));

        assertThat(bench.send(new Event.ShuffleReleased(new ShuffleId(7)))).isEmpty();
        bench.succeedAll(first);

        assertThat(bench.all(DropShuffle.class)).containsExactly(new DropShuffle(new ShuffleId(7)));
    }

    @Test
    void walksALineageTenThousandDeepWithoutRecursion() {
        int depth = 10_000;
        List<StageSpec> stages = new ArrayList<>();
        stages.add(map(1, 1, 1));
        for (int i = 2; i < depth; i++) {
            stages.add(map(i, i, 1, i - 1));
        }
        stages.add(result(depth, 1, depth - 1));
        bench.attach(1, 1);

        bench.succeedAll(bench.submit(1, stages.toArray(StageSpec[]::new)));
        assertThat(bench.all(CompleteJob.class)).hasSize(1);

        List<Action> again =
                bench.submit(2, stages.subList(0, depth - 1).toArray(StageSpec[]::new)[0], result(depth + 1, 1, 1));
        assertThat(attempts(again)).containsExactly(attempt(depth + 1, 0, 0));
    }

    @Test
    void failsLoudlyOnAnAttemptThatWasNeverLaunched() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));

        assertThatThrownBy(() -> bench.succeed(attempt(1, 0, 9)))
                .hasMessageContaining("never launched")
                .hasMessageContaining("JobSubmitted");
    }
}
