package io.raddle.schedule;

import static io.raddle.schedule.Bench.USER_FAULT;
import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Action.FailJob;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.StageSpec.Recomputation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Cause SILENCE = new Cause.Unreachable("host1:8041", "no heartbeat");
    private static final Cause EXIT = new Cause.ExecutorExited("host1:8041", 137, "");
    private static final Cause OUT_OF_MEMORY = new Cause.OutOfMemory("Java heap space", 1 << 30);

    private final Bench bench = new Bench();

    private static Cause fetchFailed(int epoch, Integer... maps) {
        return new Cause.FetchFailed(7, epoch, List.of(maps), "host1:8041", "gone");
    }

    @Test
    void failsTheJobWhenATaskUsedUpItsAttempts() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        for (int i = 0; i < 3; i++) {
            assertThat(attempts(bench.fail(attempt(1, 0, i), USER_FAULT))).containsExactly(attempt(1, 0, i + 1));
        }

        List<Action> last = bench.fail(attempt(1, 0, 3), USER_FAULT);

        assertThat(only(FailJob.class, last))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 0, 4, USER_FAULT));
    }

    @Test
    void doesNotCountEndsThatAreNotTheTasksFault() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        for (int i = 0; i < 10; i++) {
            bench.fail(attempt(1, 0, i), new Cause.DisksFailed("host1"));
        }

        assertThat(bench.all(FailJob.class)).isEmpty();
    }

    @Test
    void givesUpWhenBadLuckNeverEnds() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        for (int i = 0; i < 40; i++) {
            bench.fail(attempt(1, 0, i), new Cause.DisksFailed("host1"));
        }

        assertThat(bench.all(FailJob.class)).hasSize(1);
    }

    @Test
    void runsTheTasksOfADeadExecutorElsewhereWithoutBlame() {
        bench.attach(1, 2);
        bench.attach(2, 4);
        bench.submit(1, result(1, 6));

        List<Action> actions = bench.lose(1, EXIT);
        assertThat(attempts(actions)).isEmpty();
        List<AttemptId> freed = attempts(bench.succeed(attemptOn(2)));

        assertThat(freed)
                .singleElement()
                .satisfies(id -> assertThat(id.attempt()).isEqualTo(1));
        assertThat(bench.all(FailJob.class)).isEmpty();
    }

    private AttemptId attemptOn(int executor) {
        return bench.all(Action.LaunchBatch.class).stream()
                .filter(batch -> batch.executor().equals(Bench.executor(executor)))
                .flatMap(batch -> batch.launches().stream())
                .map(Action.Launch::attempt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void blamesTasksThatRanWhenMemoryRanOutAlsoIfItsStreamBrokeFirst() {
        bench.submit(1, result(1, 1));
        for (int executor = 1; executor <= 4; executor++) {
            bench.attach(executor, 1);
            bench.send(new Event.ExecutorLost(Bench.executor(executor), 1, SILENCE));
            bench.lose(executor, OUT_OF_MEMORY);
        }

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 0, 4, OUT_OF_MEMORY));
    }

    @Test
    void blamesNoTaskThatHadEndedBeforeItsSilentExecutorRanOutOfMemory() {
        bench.submit(1, result(1, 1).attempting(1));
        bench.attach(1, 1);
        bench.send(new Event.ExecutorLost(Bench.executor(1), 1, SILENCE));
        bench.fail(attempt(1, 0, 0), USER_FAULT);

        bench.lose(1, OUT_OF_MEMORY);

        assertThat(bench.all(FailJob.class)).isEmpty();
        assertThat(attempts(bench.attach(2, 1))).containsExactly(attempt(1, 0, 1));
    }

    @Test
    void blamesACommitterOnceWhenItsExecutorFallsSilentAndTurnsOutToHaveRunOutOfMemory() {
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT).attempting(2));
        bench.attach(1, 1);
        bench.askCommit(attempt(1, 0, 0));
        bench.send(new Event.ExecutorLost(Bench.executor(1), 1, SILENCE));
        bench.lose(1, OUT_OF_MEMORY);
        assertThat(bench.all(FailJob.class)).isEmpty();

        bench.attach(2, 1);
        bench.lose(2, OUT_OF_MEMORY);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 0, 2, OUT_OF_MEMORY));
    }

    @Test
    void aLossThatNamesARowTwiceIsOneLoss() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));

        List<Action> actions = bench.fail(attempt(2, 0, 0), fetchFailed(1, 1, 1));

        assertThat(attempts(actions)).containsExactly(attempt(1, 1, 1));
    }

    @Test
    void givesUpOnATaskThatForEverLooksForWhatWasNeverThere() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7).attempting(1));
        bench.succeed(attempt(1, 0, 0));
        Cause nothing = new Cause.FetchFailed(7, 1, List.of(), "host1:8041", "gone");
        for (int i = 0; i < 9; i++) {
            assertThat(attempts(bench.fail(attempt(2, 0, i), nothing))).containsExactly(attempt(2, 0, i + 1));
        }

        bench.fail(attempt(2, 0, 9), nothing);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(2, 0, 10, nothing));
    }

    @Test
    void reschedulesOnlyTheMissingMapsWhenOutputsAreLost() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 3), result(2, 2, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));
        bench.succeed(attempt(1, 2, 0));

        List<Action> actions = bench.fail(attempt(2, 0, 0), fetchFailed(1, 1));

        assertThat(attempts(actions)).containsExactly(attempt(1, 1, 1));
        assertThat(bench.core.explain(bench.now())).anyMatch(line -> line.contains("because outputs were lost"));
        List<Action> repaired = bench.succeed(attempt(1, 1, 1));
        assertThat(attempts(repaired)).containsExactly(attempt(2, 0, 1));
        assertThat(only(Action.AcceptOutput.class, repaired)).hasSize(1);
        assertThat(only(Action.PublishMapOutputs.class, repaired))
                .singleElement()
                .satisfies(table -> assertThat(table.epoch()).isEqualTo(2));
    }

    @Test
    void ignoresAFetchFailureOfATableThatIsRepaired() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 1), result(2, 2, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.fail(attempt(2, 0, 0), fetchFailed(1, 0));
        bench.succeed(attempt(1, 0, 1));

        List<Action> late = bench.fail(attempt(2, 1, 0), fetchFailed(1, 0));

        assertThat(attempts(late)).containsExactly(attempt(2, 1, 1));
    }

    @Test
    void givesUpAfterFourRoundsOfLostInputsWithoutProgress() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7));
        for (int round = 0; round < 4; round++) {
            bench.succeed(attempt(1, 0, round));
            assertThat(bench.all(FailJob.class)).isEmpty();
            bench.fail(attempt(2, 0, round), fetchFailed(round + 1, 0));
        }

        assertThat(bench.all(FailJob.class)).extracting(FailJob::cause).containsExactly(fetchFailed(4, 0));
    }

    @Test
    void losesTheOutputsOfANode() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.attach(2, 4);

        List<Action> actions = bench.send(new Event.NodeLost(Bench.node(1)));

        assertThat(attempts(actions)).containsExactlyInAnyOrder(attempt(1, 0, 1), attempt(1, 1, 1));
    }

    @Test
    void keepsTheOutputsOfAnExecutorWhoseNodeServesThem() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.lose(1, EXIT);

        assertThat(attempts(bench.attach(2, 1))).containsExactly(attempt(2, 0, 1));
    }

    @Test
    void losesTheOutputsOfAnExecutorThatAloneServedThem() {
        bench.attach(1, 1, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.lose(1, EXIT);

        assertThat(attempts(bench.attach(2, 1))).containsExactly(attempt(1, 0, 1));
    }

    @Test
    void rollsBackAStageThatDependsOnOrderWithItsConsumers() {
        bench.attach(1, 8);
        bench.submit(1, map(1, 7, 2).recomputing(Recomputation.DEPENDS_ON_ORDER), map(2, 8, 2, 7), result(3, 1, 8));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));
        bench.succeed(attempt(2, 0, 0));

        List<Action> actions = bench.fail(attempt(2, 1, 0), fetchFailed(1, 0));

        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 1), attempt(1, 1, 1));
        bench.succeed(attempt(1, 0, 1));
        assertThat(attempts(bench.succeed(attempt(1, 1, 1)))).containsExactly(attempt(2, 0, 1), attempt(2, 1, 1));
    }

    @Test
    void failsAPartlyHandedOutResultThatWouldNotFit() {
        bench.attach(1, 8);
        bench.submit(1, map(1, 7, 1).recomputing(Recomputation.VARIES), result(2, 2, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(2, 0, 0));

        bench.fail(attempt(2, 1, 0), fetchFailed(1, 0));

        assertThat(bench.all(FailJob.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(Cause.ResultsDiffer.class));
    }

    @Test
    void grantsOneAttemptAndKeepsItsGrantWhileItsExecutorIsSilent() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT));
        AttemptId first = attempt(1, 0, 0);
        assertThat(only(Action.GrantCommit.class, bench.askCommit(first))).hasSize(1);

        List<Action> silent = bench.send(new Event.ExecutorLost(bench.place(first), 1, SILENCE));
        assertThat(attempts(silent)).isEmpty();
        assertThat(bench.core.explain(bench.now())).anyMatch(line -> line.contains("publishing its output"));

        List<Action> dead = bench.send(new Event.ExecutorLost(bench.place(first), 1, EXIT));
        assertThat(attempts(dead)).containsExactly(attempt(1, 0, 1));
        assertThat(only(Action.DenyCommit.class, bench.askCommit(first))).hasSize(1);
    }

    @Test
    void failsWhenNobodyKnowsWhetherASingleCommitHappened() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).publishing(Publication.SINGLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));

        bench.lose(1, EXIT);

        assertThat(bench.all(FailJob.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(Cause.CommitInDoubt.class));
    }

    @Test
    void failsWhenACommitterIsSilentForTooLong() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));
        bench.send(new Event.ExecutorLost(Bench.executor(1), 1, SILENCE));

        bench.after(Duration.ofMinutes(11));

        assertThat(bench.all(FailJob.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(Cause.CommitInDoubt.class));
    }

    @Test
    void reconcilesWhatAnExecutorHoldsWhenItComesBack() {
        bench.attach(1, 2);
        bench.submit(1, result(1, 2));
        AttemptId unknown = new AttemptId(0, attempt(1, 0, 0).stage(), 0, 5);
        Snapshot snapshot = new Snapshot(List.of(attempt(1, 0, 0), unknown), List.of(), List.of(), List.of());

        List<Action> actions = bench.attach(1, 2, 1, OutputLife.WITH_NODE, snapshot);

        assertThat(only(Action.KillTask.class, actions))
                .extracting(Action.KillTask::attempt)
                .containsExactly(unknown, attempt(1, 1, 0));
        assertThat(attempts(actions)).containsExactly(attempt(1, 1, 1));
    }

    @Test
    void ignoresTheSecondNewsOfALoss() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        bench.lose(1, EXIT);

        assertThat(bench.lose(1, EXIT)).isEmpty();
    }

    @Test
    void releasesAContainerThatWasSaidToHaveEnded() {
        bench.attach(1, 1);
        bench.lose(1, EXIT);

        assertThat(only(Action.ReleaseContainer.class, bench.attach(1, 1))).hasSize(1);
    }

    @Test
    void discardsThePayloadOfALateAttemptAndAcceptsEachPartitionOnce() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.submit(1, result(1, 1));
        AttemptId first = attempt(1, 0, 0);
        bench.send(new Event.ExecutorLost(bench.place(first), 1, SILENCE));

        assertThat(bench.succeed(first)).containsExactly(new Action.DiscardPayload(first));
        bench.succeed(attempt(1, 0, 1));
        assertThat(bench.all(Action.AcceptPayload.class)).containsExactly(new Action.AcceptPayload(attempt(1, 0, 1)));
    }

    @Test
    void toldLossesOfAnUnknownShuffleChangeNothing() {
        assertThat(only(FailJob.class, bench.send(new Event.MapOutputsLost(new ShuffleId(99), 1, List.of(0)))))
                .isEmpty();
    }
}
