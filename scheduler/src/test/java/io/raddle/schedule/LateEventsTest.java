package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.node;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Action.KillTask;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.HeldOutput;
import io.raddle.schedule.Event.Outcome;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Publication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes twice, late or in another order changes nothing, and is counted. */
class LateEventsTest {
    private static final Cause SILENCE = new Cause.Unreachable("host1:8041", "no heartbeat");
    private static final Cause EXIT = new Cause.ExecutorExited("host1:8041", 137, "");

    private final Bench bench = new Bench();

    private void expectNothingButA(Note note, List<Action> actions) {
        assertThat(actions).isEmpty();
        assertThat(bench.notes()).isEqualTo(Map.of(note, 1L));
    }

    @Test
    void aReportThatComesTwiceCountsOnce() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));

        expectNothingButA(Note.DUPLICATE_REPORT, bench.succeed(attempt(1, 0, 0)));
    }

    @Test
    void aFailureThatIsReportedTwiceCountsOnce() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).attempting(2));
        bench.fail(attempt(1, 0, 0), Bench.USER_FAULT);

        expectNothingButA(Note.LATE_REPORT, bench.fail(attempt(1, 0, 0), Bench.USER_FAULT));
    }

    @Test
    void theReportOfAJobThatIsOverIsDiscarded() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice")));

        assertThat(bench.succeed(attempt(1, 0, 0))).containsExactly(new Action.DiscardPayload(attempt(1, 0, 0)));
        assertThat(bench.notes()).isEqualTo(Map.of(Note.LATE_REPORT, 1L));
    }

    @Test
    void theReportForAnEarlierDriverIsDiscarded() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        AttemptId old = new AttemptId(0, attempt(1, 0, 0).stage(), 0, 17);

        assertThat(bench.succeed(old)).containsExactly(new Action.DiscardPayload(old));
        assertThat(bench.notes()).isEqualTo(Map.of(Note.LATE_REPORT, 1L));
    }

    @Test
    void aCommitThatIsAskedForTwiceIsGrantedTwiceToTheSameAttempt() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 2).publishing(Publication.REPEATABLE_COMMIT));
        List<Action> first = bench.askCommit(attempt(1, 0, 0));

        assertThat(bench.askCommit(attempt(1, 0, 0))).isEqualTo(first).hasSize(1);
        assertThat(bench.notes()).isEqualTo(Map.of(Note.REPEATED_COMMIT_QUESTION, 1L));
    }

    @Test
    void aQuestionThatComesAfterTheCommitItselfIsNotAnswered() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 2).publishing(Publication.REPEATABLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));
        bench.succeed(attempt(1, 0, 0));

        expectNothingButA(Note.LATE_COMMIT_QUESTION, bench.askCommit(attempt(1, 0, 0)));
    }

    @Test
    void aLossOfAnExecutorThatIsGoneOrWasNeverThereIsNoNews() {
        bench.send(new Event.Tick());
        expectNothingButA(Note.DUPLICATE_LOSS, bench.send(new Event.ExecutorLost(executor(9), 1, EXIT)));
    }

    @Test
    void aSecondSilenceIsNoNews() {
        bench.attach(1, 1);
        bench.send(new Event.ExecutorLost(executor(1), 1, SILENCE));

        expectNothingButA(Note.DUPLICATE_LOSS, bench.send(new Event.ExecutorLost(executor(1), 1, SILENCE)));
    }

    @Test
    void theEndOfAnEarlierProcessDoesNotEndTheOneThatRuns() {
        bench.attach(1, 1, 2, OutputLife.WITH_NODE, Snapshot.EMPTY);
        bench.submit(1, result(1, 1));

        expectNothingButA(Note.LATE_LOSS, bench.send(new Event.ExecutorLost(executor(1), 1, EXIT)));
        assertThat(bench.succeed(attempt(1, 0, 0))).isNotEmpty();
    }

    @Test
    void theAttachOfAnEarlierProcessIsIgnored() {
        bench.attach(1, 1, 2, OutputLife.WITH_NODE, Snapshot.EMPTY);
        bench.submit(1, result(1, 1));

        expectNothingButA(Note.LATE_ATTACH, bench.attach(1, 1, 1, OutputLife.WITH_NODE, Snapshot.EMPTY));
    }

    @Test
    void aContainerThatIsAllocatedTwiceOrAfterItsEndIsOne() {
        Event allocated = new Event.ContainerAllocated(executor(1), node(1));
        bench.send(allocated);
        expectNothingButA(Note.LATE_EVENT, bench.send(allocated));

        bench.lose(1, EXIT);
        bench.send(allocated);

        assertThat(bench.core.progress().executors()).isEmpty();
    }

    /** From the simulator's seed 2010406: what told it went down with the stream before. */
    @Test
    void anExecutorThatDrainsIsToldSoAtEachAttach() {
        bench.attach(1, 1);
        bench.send(new Event.ExecutorDraining(executor(1)));

        assertThat(only(Action.DrainExecutor.class, bench.attach(1, 1)))
                .containsExactly(new Action.DrainExecutor(executor(1)));
        assertThat(only(Action.DrainExecutor.class, bench.attach(1, 1)))
                .containsExactly(new Action.DrainExecutor(executor(1)));
    }

    @Test
    void aSecondDrainIsNoNews() {
        bench.attach(1, 1);
        bench.send(new Event.ExecutorDraining(executor(1)));

        expectNothingButA(Note.LATE_EVENT, bench.send(new Event.ExecutorDraining(executor(1))));
    }

    @Test
    void aJobThatIsSubmittedTwiceRunsOnce() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));

        expectNothingButA(Note.LATE_EVENT, bench.submit(1, result(1, 1)));
    }

    @Test
    void cancellingAJobThatIsOverChangesNothing() {
        bench.attach(1, 1);
        bench.succeedAll(bench.submit(1, result(1, 1)));

        expectNothingButA(
                Note.LATE_EVENT, bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice"))));
    }

    @Test
    void releasingAShuffleThatIsUnknownChangesNothing() {
        bench.send(new Event.Tick());
        expectNothingButA(Note.LATE_EVENT, bench.send(new Event.ShuffleReleased(new ShuffleId(7))));
    }

    @Test
    void aResultThatIsLostAfterItsJobIsOverIsNotComputedAgain() {
        bench.attach(1, 1);
        bench.succeedAll(bench.submit(1, result(1, 1)));

        expectNothingButA(Note.LATE_EVENT, bench.send(new Event.ResultLost(attempt(1, 0, 0))));
    }

    @Test
    void aResultThatIsLostWhileItsJobRunsIsComputedAgainAndItsUpdatesAreNotTakenTwice() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 2));
        bench.succeed(attempt(1, 0, 0));
        bench.send(new Event.ResultLost(attempt(1, 0, 0)));

        bench.succeed(attempt(1, 1, 0));
        List<Action> last = bench.succeed(attempt(1, 0, 1));

        assertThat(only(Action.AcceptOutput.class, last)).containsExactly(new Action.AcceptOutput(attempt(1, 0, 1)));
        assertThat(only(Action.CompleteJob.class, last)).hasSize(1);
    }

    @Test
    void aFetchFailureOfARepairedRowRunsOnlyTheReaderAgain() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 1), result(2, 2, 7));
        bench.succeed(attempt(1, 0, 0));
        Cause lost = new Cause.FetchFailed(7, 1, List.of(0), "host1:8041", "gone");
        bench.fail(attempt(2, 0, 0), lost);
        bench.succeed(attempt(1, 0, 1));

        bench.fail(attempt(2, 1, 0), lost);

        assertThat(bench.notes()).isEqualTo(Map.of(Note.FETCH_ROUND, 1L, Note.LATE_FETCH_FAILURE, 1L));
        assertThat(bench.all(Action.PublishMapOutputs.class)).hasSize(2);
    }

    @Test
    void anExecutorThatComesBackWithAllItHadGoesOnUndisturbed() {
        bench.attach(1, 2);
        bench.submit(1, result(1, 2));
        Snapshot all = new Snapshot(List.of(attempt(1, 0, 0)), List.of(attempt(1, 1, 0)), List.of(), List.of());

        expectNothingButA(Note.REATTACH, bench.attach(1, 2, 1, OutputLife.WITH_NODE, all));
    }

    @Test
    void whatRanInAnEarlierProcessOfAnExecutorRunsAgain() {
        bench.attach(1, 2);
        bench.submit(1, result(1, 2));

        List<Action> actions = bench.attach(1, 2, 2, OutputLife.WITH_NODE, Snapshot.EMPTY);

        assertThat(attempts(actions)).containsExactlyInAnyOrder(attempt(1, 0, 1), attempt(1, 1, 1));
        assertThat(only(KillTask.class, actions)).isEmpty();
        assertThat(bench.notes()).isEqualTo(Map.of(Note.NEW_INCARNATION, 1L));
    }

    @Test
    void anExecutorThatReturnsFromASilenceMustDropWhatWasGivenToOthers() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));
        bench.send(new Event.ExecutorLost(executor(1), 1, SILENCE));
        bench.attach(2, 1);
        assertThat(bench.place(attempt(1, 0, 1))).isEqualTo(executor(2));

        List<Action> back = bench.attach(
                1,
                1,
                1,
                OutputLife.WITH_NODE,
                new Snapshot(List.of(attempt(1, 0, 0)), List.of(), List.of(), List.of()));

        assertThat(only(KillTask.class, back)).extracting(KillTask::attempt).containsExactly(attempt(1, 0, 0));
        assertThat(bench.notes()).isEqualTo(Map.of(Note.REATTACH, 1L, Note.UNKNOWN_ATTEMPT_KILLED, 1L));
    }

    @Test
    void outputsThatAreNotOnTheDisksOfAnExecutorThatComesBackAreComputedAgain() {
        bench.attach(1, 2, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        bench.submit(1, map(1, 7, 2), result(2, 1, 7));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));
        Snapshot half = new Snapshot(
                List.of(attempt(2, 0, 0)), List.of(), List.of(new HeldOutput(new ShuffleId(7), 1)), List.of());

        assertThat(attempts(bench.attach(1, 2, 1, OutputLife.WITH_EXECUTOR, half)))
                .containsExactly(attempt(1, 0, 1));
    }

    @Test
    void whatCannotBeStopsTheCoreWithTheLatestEvents() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1));

        assertThatThrownBy(() -> bench.askCommit(attempt(1, 0, 0)))
                .hasMessageContaining("its stage publishes nothing")
                .hasMessageContaining("#0 at 1 ns: ExecutorAttached")
                .hasMessageContaining("#2 at 1 ns: CommitAsked");
        assertThatThrownBy(() -> bench.end(attempt(1, 5, 0), new Outcome.Recalled()))
                .hasMessageContaining("never launched");
    }

    @Test
    void remembersOnlyTheLatestEvents() {
        Chronicle chronicle = new Chronicle(3);
        for (int i = 0; i < 5; i++) {
            chronicle.add(10L * i, new Event.ExecutorDraining(executor(i)));
        }

        assertThat(chronicle.lines())
                .containsExactly(
                        "#2 at 20 ns: ExecutorDraining[executor=executor 2]",
                        "#3 at 30 ns: ExecutorDraining[executor=executor 3]",
                        "#4 at 40 ns: ExecutorDraining[executor=executor 4]");
    }
}
