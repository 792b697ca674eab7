package io.raddle.schedule;

import static io.raddle.schedule.Bench.USER_FAULT;
import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.JobId;
import io.raddle.schedule.Action.FailJob;
import io.raddle.schedule.StageSpec.Publication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ends count against a task, and how many of each kind a job bears. */
class RetryPolicyTest {
    private static final Cause EXIT = new Cause.ExecutorExited("host1:8041", 134, "");
    private static final Cause OUT_OF_MEMORY = new Cause.OutOfMemory("Java heap space", 1 << 30);
    private static final int FOR_EVER = 1000;

    private final Bench bench = new Bench();

    /** How many ends of this kind in a row fail a job whose tasks have two attempts. */
    private record Patience(Cause cause, int ends) {
        @Override
        public String toString() {
            return cause.getClass().getSimpleName();
        }
    }

    static List<Patience> reported() {
        return List.of(
                new Patience(USER_FAULT, 2),
                new Patience(new Cause.UserExit(3), 2),
                new Patience(OUT_OF_MEMORY, 2),
                new Patience(new Cause.KilledForMemory(1, 2), 2),
                new Patience(new Cause.InvalidInput("No such file.", "Name one."), 2),
                new Patience(new Cause.LimitExceeded("Too much.", "raddle.x"), 2),
                new Patience(new Cause.NotSerializable("x.Db", "this.db"), 2),
                new Patience(new Cause.InternalError("oops", ""), 2),
                new Patience(new Cause.DisksFailed("host1"), 20),
                new Patience(new Cause.Cancelled("an executor whose queue is full"), 20),
                new Patience(new Cause.CommitDenied("another has it"), 20),
                new Patience(new Cause.Unreachable("host1:8041", "refused"), 20),
                new Patience(new Cause.CommitInDoubt("it failed half way"), 1));
    }

    @ParameterizedTest
    @MethodSource("reported")
    void bearsAsManyReportsOfEachCauseAsItsKindAllows(Patience patience) {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).attempting(2));
        for (int i = 1; i < patience.ends(); i++) {
            bench.fail(attempt(1, 0, i - 1), patience.cause());
        }
        assertThat(bench.all(FailJob.class)).isEmpty();

        bench.fail(attempt(1, 0, patience.ends() - 1), patience.cause());

        assertThat(bench.all(FailJob.class)).hasSize(1);
    }

    static List<Patience> lost() {
        return List.of(
                new Patience(OUT_OF_MEMORY, 2),
                new Patience(new Cause.KilledForMemory(1, 2), 2),
                new Patience(new Cause.UserExit(3), 2),
                new Patience(EXIT, 20),
                new Patience(new Cause.NodeLost("host1:8041"), FOR_EVER),
                new Patience(new Cause.Preempted("host1:8041"), FOR_EVER),
                new Patience(new Cause.DisksFailed("host1:8041"), FOR_EVER));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void bearsAsManyLostExecutorsAsTheKindOfTheirLossAllows(Patience patience) {
        bench.submit(1, result(1, 1).attempting(2));
        int ends = 0;
        while (ends < FOR_EVER && bench.all(FailJob.class).isEmpty()) {
            ends++;
            bench.attach(ends, 1);
            bench.lose(ends, patience.cause());
        }

        assertThat(ends).isEqualTo(patience.ends());
        assertThat(bench.all(FailJob.class)).hasSize(ends < FOR_EVER ? 1 : 0);
    }

    @Test
    void countsTheFaultsOfEachTaskAlone() {
        bench.attach(1, 3);
        bench.submit(1, result(1, 3).attempting(2));
        for (int task = 0; task < 3; task++) {
            bench.fail(attempt(1, task, 0), USER_FAULT);
        }
        assertThat(bench.all(FailJob.class)).isEmpty();

        bench.fail(attempt(1, 1, 1), USER_FAULT);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 1, 2, USER_FAULT));
    }

    @Test
    void countsFaultsOfReportsAndOfLostExecutorsTogether() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).attempting(2));
        bench.fail(attempt(1, 0, 0), USER_FAULT);

        bench.lose(1, OUT_OF_MEMORY);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 0, 2, OUT_OF_MEMORY));
    }

    @Test
    void blamesOnlyOneTaskPerSlotOfAnExecutorThatRanOutOfMemory() {
        bench.attach(1, 1);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 9).attempting(1)));
        bench.send(new Event.TaskEnded(Bench.executor(1), first.get(0), 1000, new Event.Outcome.Succeeded()));

        bench.lose(1, OUT_OF_MEMORY);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::cause)
                .containsExactly(new Cause.TaskFailed(1, 1, 1, OUT_OF_MEMORY));
    }

    @Test
    void doesNotBlameASuspectWhoseTaskHasBeenDoneSince() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 2).attempting(1));
        bench.send(new Event.ExecutorLost(Bench.executor(1), 1, new Cause.Unreachable("host1:8041", "no heartbeat")));
        bench.attach(2, 2);
        bench.succeed(attempt(1, 0, 1));

        bench.lose(1, OUT_OF_MEMORY);

        assertThat(bench.all(FailJob.class)).isEmpty();
    }

    @Test
    void aLaterJobStartsWithACleanRecord() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 1).attempting(2), result(2, 1, 7));
        bench.fail(attempt(1, 0, 0), USER_FAULT);
        bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice")));
        bench.submit(2, map(3, 7, 1).attempting(2), result(4, 1, 7));

        bench.fail(attempt(1, 0, 2), USER_FAULT);
        assertThat(bench.all(FailJob.class)).hasSize(1);
        bench.fail(attempt(1, 0, 3), USER_FAULT);

        assertThat(bench.all(FailJob.class)).extracting(FailJob::job).containsExactly(new JobId(1), new JobId(2));
    }

    @Test
    void failsEveryJobThatWaitsForTheStageAndNoOther() {
        bench.attach(1, 2);
        bench.submit(1, map(1, 7, 1).attempting(1), result(2, 1, 7));
        bench.submit(2, map(3, 7, 1).attempting(1), map(4, 8, 1, 7), result(5, 1, 8));
        bench.submit(3, result(6, 1));

        bench.fail(attempt(1, 0, 0), USER_FAULT);

        assertThat(bench.all(FailJob.class))
                .extracting(FailJob::job)
                .containsExactlyInAnyOrder(new JobId(1), new JobId(2));
        bench.succeed(attempt(6, 0, 0));
        assertThat(bench.all(Action.CompleteJob.class)).containsExactly(new Action.CompleteJob(new JobId(3)));
    }

    @Test
    void roundsOfLostInputsCountOnlyWhenNoTaskIsDoneBetweenThem() {
        bench.attach(1, 4);
        bench.submit(1, map(1, 7, 1), result(2, 40, 7));
        for (int round = 0; round < 12; round++) {
            bench.succeed(attempt(1, 0, round));
            bench.succeed(attempt(2, round, lastAttempt(round)));
            List<AttemptId> next = attempts(bench.fail(
                    attempt(2, round + 1, lastAttempt(round + 1)),
                    new Cause.FetchFailed(7, round + 1, List.of(0), "host1:8041", "gone")));
            assertThat(next).contains(attempt(1, 0, round + 1));
        }

        assertThat(bench.all(FailJob.class)).isEmpty();
    }

    private int lastAttempt(int task) {
        return bench.all(Action.LaunchBatch.class).stream()
                .flatMap(batch -> batch.launches().stream())
                .map(Action.Launch::attempt)
                .filter(id -> id.stage().number() == 2 && id.partition() == task)
                .mapToInt(AttemptId::attempt)
                .max()
                .orElseThrow();
    }

    @Test
    void aFailureAfterASingleCommitWasAllowedIsInDoubtWhateverItsCause() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).publishing(Publication.SINGLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));

        bench.fail(attempt(1, 0, 0), new Cause.DisksFailed("host1"));

        assertThat(bench.all(FailJob.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause().happened()).contains("in doubt", "disks of node host1"));
    }

    @Test
    void aRepeatableCommitThatFailedIsTriedAgain() {
        bench.attach(1, 1);
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT));
        bench.askCommit(attempt(1, 0, 0));

        assertThat(attempts(bench.fail(attempt(1, 0, 0), USER_FAULT))).containsExactly(attempt(1, 0, 1));
        assertThat(bench.after(Duration.ofMinutes(30))).isEmpty();
    }
}
