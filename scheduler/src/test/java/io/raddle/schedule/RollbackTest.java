package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Action.FailJob;
import io.raddle.schedule.Action.KillTask;
import io.raddle.schedule.Action.PublishMapOutputs;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.StageSpec.Recomputation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed again when rows are lost that would not come back the same. */
class RollbackTest {
    private final Bench bench = new Bench();

    private List<Action> lose(int shuffle, int epoch, Integer... rows) {
        return bench.send(new Event.MapOutputsLost(new ShuffleId(shuffle), epoch, List.of(rows)));
    }

    private static StageSpec varying(int stage, int shuffle, int tasks, int... inputs) {
        return map(stage, shuffle, tasks, inputs).recomputing(Recomputation.VARIES);
    }

    @Test
    void aStageThatRepeatsIsMendedRowByRow() {
        bench.attach(1, 8);
        bench.submit(1, map(1, 7, 3), map(2, 8, 2, 7), result(3, 1, 8));
        for (int task = 0; task < 3; task++) {
            bench.succeed(attempt(1, task, 0));
        }

        assertThat(attempts(lose(7, 1, 0, 2))).containsExactly(attempt(1, 0, 1), attempt(1, 2, 1));
        assertThat(bench.notes()).doesNotContainKey(Note.ROLLBACK);
        assertThat(bench.all(KillTask.class)).isEmpty();
    }

    @Test
    void aStageThatVariesIsMendedRowByRowWhileNobodyHasReadIt() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 7, 3), map(2, 8, 1), map(3, 9, 1, 7, 8), result(4, 1, 9));
        for (int task = 0; task < 3; task++) {
            bench.succeed(attempt(1, task, 0));
        }

        assertThat(attempts(lose(7, 1, 1))).containsExactly(attempt(1, 1, 1));
        assertThat(bench.notes()).doesNotContainKey(Note.ROLLBACK);
    }

    @Test
    void aStageThatVariesIsRolledBackWithAllThatReadIt() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 7, 2), map(2, 8, 2, 7), map(3, 9, 1, 7, 8), result(4, 1, 9));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));
        bench.succeed(attempt(2, 0, 0));
        bench.succeed(attempt(2, 1, 0));

        List<Action> actions = lose(7, 1, 0);

        assertThat(only(KillTask.class, actions)).extracting(KillTask::attempt).containsExactly(attempt(3, 0, 0));
        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 1), attempt(1, 1, 1));
        assertThat(bench.notes()).containsEntry(Note.ROLLBACK, 3L);
        bench.succeedAll(actions);
        assertThat(bench.all(PublishMapOutputs.class))
                .extracting(published -> published.shuffle().number() + "@" + published.epoch())
                .containsExactly("7@1", "8@1", "7@2", "8@2", "9@2");
        assertThat(bench.all(Action.CompleteJob.class)).hasSize(1);
    }

    @Test
    void bothArmsOfADiamondAreRolledBackAndTheirMeetingOnce() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 1, 1), map(2, 2, 1, 1), map(3, 3, 1, 1), result(4, 2, 1, 2, 3));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(2, 0, 0));
        bench.succeed(attempt(3, 0, 0));

        List<Action> actions = lose(1, 1, 0);

        assertThat(only(KillTask.class, actions))
                .extracting(KillTask::attempt)
                .containsExactlyInAnyOrder(attempt(4, 0, 0), attempt(4, 1, 0));
        assertThat(bench.notes()).containsEntry(Note.ROLLBACK, 4L);
        bench.succeedAll(actions);
        assertThat(bench.all(Action.CompleteJob.class)).containsExactly(new Action.CompleteJob(new JobId(1)));
    }

    @Test
    void anArmThatDoesNotReadTheLostStageStands() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 1, 1), map(2, 2, 1), result(3, 1, 1, 2));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(2, 0, 0));

        List<Action> actions = lose(1, 1, 0);

        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 1));
        bench.succeedAll(actions);
        assertThat(bench.all(PublishMapOutputs.class))
                .filteredOn(published -> published.shuffle().equals(new ShuffleId(2)))
                .hasSize(1);
    }

    @Test
    void updatesOfARolledBackTaskAreNotTakenInAgain() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 7, 1), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        lose(7, 1, 0);

        List<Action> again = bench.succeed(attempt(1, 0, 1));

        assertThat(only(Action.AcceptPayload.class, again)).isEmpty();
        assertThat(only(Action.AcceptOutput.class, again)).containsExactly(new Action.AcceptOutput(attempt(1, 0, 1)));
    }

    @Test
    void aLossThatNobodyNeedsNowIsRolledBackWhenSomebodyDoes() {
        bench.attach(1, 8);
        bench.succeedAll(bench.submit(1, varying(1, 7, 2), map(2, 8, 1, 7), result(3, 1, 8)));

        assertThat(attempts(lose(7, 1, 0))).isEmpty();
        assertThat(bench.notes()).doesNotContainKey(Note.ROLLBACK);

        assertThat(attempts(bench.submit(2, varying(4, 7, 2), map(5, 8, 1, 7), result(6, 1, 8))))
                .as("the later stage is complete and is read as it is")
                .containsExactly(attempt(6, 0, 0));
        assertThat(attempts(bench.submit(3, varying(7, 7, 2), result(8, 1, 7))))
                .containsExactly(attempt(1, 0, 1), attempt(1, 1, 1));
        assertThat(bench.notes()).containsKey(Note.ROLLBACK);
    }

    @Test
    void failsOnlyTheJobWhoseResultIsPartlyHandedOut() {
        bench.attach(1, 8);
        bench.submit(1, varying(1, 7, 1), result(2, 2, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(2, 0, 0));
        bench.submit(2, varying(3, 7, 1), result(4, 2, 7));

        List<Action> actions = lose(7, 1, 0);

        assertThat(only(FailJob.class, actions)).singleElement().satisfies(failed -> {
            assertThat(failed.job()).isEqualTo(new JobId(1));
            assertThat(failed.cause()).isInstanceOf(Cause.ResultsDiffer.class);
        });
        bench.succeedAll(actions);
        assertThat(bench.all(Action.CompleteJob.class)).containsExactly(new Action.CompleteJob(new JobId(2)));
    }

    @Test
    void rollsAChainOfTenThousandBackAndComputesItAgainWithoutRecursion() {
        int depth = 10_000;
        List<StageSpec> stages = new ArrayList<>(List.of(varying(1, 1, 1)));
        for (int i = 2; i < depth; i++) {
            stages.add(map(i, i, 1, i - 1));
        }
        stages.add(result(depth, 1, 1, depth - 1));
        bench.attach(1, 1);
        List<AttemptId> work = new ArrayList<>(attempts(bench.submit(1, stages.toArray(StageSpec[]::new))));
        while (work.get(0).stage().number() < depth) {
            work.addAll(attempts(bench.succeed(work.remove(0))));
        }

        List<Action> actions = lose(1, 1, 0);

        assertThat(bench.notes()).containsEntry(Note.ROLLBACK, (long) depth);
        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 1));
        bench.succeedAll(actions);
        assertThat(bench.all(Action.CompleteJob.class)).hasSize(1);
    }

    @Test
    void cancelsAChainOfTenThousandWithoutRecursion() {
        int depth = 10_000;
        List<StageSpec> stages = new ArrayList<>(List.of(map(1, 1, 1)));
        for (int i = 2; i < depth; i++) {
            stages.add(map(i, i, 1, i - 1));
        }
        stages.add(result(depth, 1, depth - 1));
        bench.attach(1, 1);
        bench.submit(1, stages.toArray(StageSpec[]::new));

        List<Action> actions = bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice")));

        assertThat(only(KillTask.class, actions)).hasSize(1);
        assertThat(bench.core.explain(bench.now())).isEmpty();
        assertThat(attempts(bench.submit(2, result(depth + 1, 1)))).hasSize(1);
    }
}
