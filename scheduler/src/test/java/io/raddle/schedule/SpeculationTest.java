package io.raddle.schedule;

import static io.raddle.schedule.Bench.USER_FAULT;
import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.schedule.Action.KillTask;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.StageSpec.Publication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each task of the bench that ends has run for a second, so that a bit more than two seconds are the limit here. */
class SpeculationTest {
    private static final SpeculationRule RULE = new SpeculationRule(0.75, 2, Duration.ofMillis(100));
    private static final Duration UNDER_THE_LIMIT = Duration.ofMillis(1900);
    private static final Duration OVER_THE_LIMIT = Duration.ofMillis(200);

    private final Bench bench = new Bench(settings(RULE, 3, 2));

    private static Settings settings(SpeculationRule rule, int min, int slots) {
        return new Settings(
                1,
                min,
                3,
                3,
                slots,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                512,
                256,
                4,
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                rule);
    }

    /** Two executors with two slots each, and the last of four tasks left. */
    private AttemptId leaveOneOfFour(Bench bench, StageSpec stage) {
        bench.attach(1, 2);
        bench.attach(2, 2);
        List<AttemptId> all = attempts(bench.submit(1, stage));
        assertThat(all).hasSize(4);
        all.subList(0, 3).forEach(bench::succeed);
        return all.get(3);
    }

    private ExecutorId other(AttemptId attempt) {
        return bench.place(attempt).equals(executor(1)) ? executor(2) : executor(1);
    }

    @Test
    void aTaskThatRunsFarLongerThanTheOthersGetsASecondAttemptElsewhere() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4));

        assertThat(attempts(bench.after(UNDER_THE_LIMIT))).isEmpty();
        List<AttemptId> second = attempts(bench.after(OVER_THE_LIMIT));

        assertThat(second).containsExactly(attempt(1, slow.partition(), 1));
        assertThat(bench.place(second.get(0))).isEqualTo(other(slow));
        assertThat(attempts(bench.after(Duration.ofHours(1)))).as("a third").isEmpty();
        assertThat(bench.notes()).containsEntry(Note.SECOND_ATTEMPT, 1L);
    }

    @Test
    void nothingIsSlowWhereNobodyAskedForIt() {
        Bench without = new Bench(settings(SpeculationRule.NONE, 3, 2));
        leaveOneOfFour(without, result(1, 4));

        assertThat(attempts(without.after(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void nothingIsSlowBeforeEnoughOthersAreDone() {
        bench.attach(1, 2);
        bench.attach(2, 3);
        List<AttemptId> all = attempts(bench.submit(1, result(1, 4)));
        all.subList(0, 2).forEach(bench::succeed);

        assertThat(attempts(bench.after(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void theSecondEndsTheFirstWhenItIsThereBefore() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4));
        bench.after(UNDER_THE_LIMIT);
        AttemptId second = attempts(bench.after(OVER_THE_LIMIT)).get(0);

        List<Action> actions = bench.succeed(second);

        assertThat(actions)
                .contains(
                        new KillTask(bench.place(slow), slow, "another attempt was faster"),
                        new Action.AcceptPayload(second),
                        new Action.CompleteJob(new JobId(1)));
        assertThat(bench.succeed(slow)).containsExactly(new Action.DiscardPayload(slow));
        assertThat(bench.notes()).containsEntry(Note.SECOND_ATTEMPT_WON, 1L);
    }

    @Test
    void theFirstEndsTheSecondWhenItIsThereBefore() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4));
        bench.after(UNDER_THE_LIMIT);
        AttemptId second = attempts(bench.after(OVER_THE_LIMIT)).get(0);

        assertThat(only(KillTask.class, bench.succeed(slow)))
                .extracting(KillTask::attempt)
                .containsExactly(second);
    }

    @Test
    void whoMayPublishIsAlone() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4).publishing(Publication.REPEATABLE_COMMIT));
        bench.after(UNDER_THE_LIMIT);
        AttemptId second = attempts(bench.after(OVER_THE_LIMIT)).get(0);

        assertThat(bench.askCommit(second))
                .containsExactly(
                        new KillTask(bench.place(slow), slow, "another attempt was faster"),
                        new Action.GrantCommit(bench.place(second), second));
        assertThat(bench.askCommit(slow)).containsExactly(new Action.DenyCommit(bench.place(slow), slow));
        assertThat(attempts(bench.after(Duration.ofHours(1))))
                .as("beside one that publishes")
                .isEmpty();
    }

    @Test
    void whenOneFailsTheOtherGoesOn() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4));
        bench.after(UNDER_THE_LIMIT);
        AttemptId second = attempts(bench.after(OVER_THE_LIMIT)).get(0);

        assertThat(attempts(bench.fail(slow, USER_FAULT))).isEmpty();

        assertThat(only(Action.CompleteJob.class, bench.succeed(second))).hasSize(1);
    }

    @Test
    void whenBothExecutorsAreLostTheTaskWaits() {
        AttemptId slow = leaveOneOfFour(bench, result(1, 4));
        bench.after(UNDER_THE_LIMIT);
        bench.after(OVER_THE_LIMIT);
        bench.lose(1, new Cause.NodeLost("host1"));
        bench.lose(2, new Cause.NodeLost("host2"));

        assertThat(attempts(bench.attach(3, 2))).containsExactly(attempt(1, slow.partition(), 2));
    }

    @Test
    void pendingTasksComeFirst() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.attach(3, 1);
        List<AttemptId> all = attempts(bench.submit(1, result(1, 4)));
        bench.succeed(all.get(0));
        bench.succeed(all.get(1));
        bench.submit(2, result(2, 2));
        assertThat(attempts(bench.succeed(attempt(1, 3, 0)))).containsExactly(attempt(2, 1, 0));

        assertThat(attempts(bench.after(Duration.ofHours(1)))).isEmpty();
        assertThat(attempts(bench.succeed(attempt(2, 1, 0)))).containsExactly(attempt(1, 2, 1));
    }

    @Test
    void oneTaskInTenHasTwoAttempts() {
        bench.attach(1, 20);
        bench.attach(2, 20);
        List<AttemptId> all = attempts(bench.submit(1, result(1, 20)));
        all.subList(0, 15).forEach(bench::succeed);

        assertThat(attempts(bench.after(Duration.ofHours(1)))).hasSize(2);
        assertThat(attempts(bench.after(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void aTaskIsSlowFromWhenItRunsAndNotFromWhenItWaits() {
        Executor place = Parts.attached(1, "rack0", 1);
        Stage stage = Parts.stage(result(1, 2));
        Attempt first = Parts.begin(stage, 0, place, 5);
        Attempt next = Parts.begin(stage, 1, place, 5);

        assertThat(first.hasBegun()).isTrue();
        assertThat(next.hasBegun()).isFalse();
        place.remove(first, 9);

        assertThat(next.begunNanos()).isEqualTo(9);
    }

    @Test
    void secondAttemptsThatWaitAreWorkForMoreExecutors() {
        Bench elastic = new Bench(settings(RULE, 0, 1));
        elastic.attach(1, 1);
        elastic.submit(1, result(1, 4));
        elastic.succeed(attempt(1, 0, 0));
        elastic.succeed(attempt(1, 1, 0));
        elastic.succeed(attempt(1, 2, 0));

        List<Action> later = elastic.after(Duration.ofHours(1));

        assertThat(attempts(later)).isEmpty();
        assertThat(only(Action.AskContainers.class, later))
                .extracting(Action.AskContainers::count)
                .containsExactly(1);
    }

    @Test
    void aRuleThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new SpeculationRule(1.5, 2, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
