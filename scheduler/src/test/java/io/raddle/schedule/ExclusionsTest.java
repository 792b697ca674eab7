package io.raddle.schedule;

import static io.raddle.schedule.Bench.USER_FAULT;
import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
    private final Bench bench = new Bench();

    @Test
    void aTaskGoesElsewhereThanWhereItFailed() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.submit(1, result(1, 2));

        List<AttemptId> again = attempts(bench.fail(attempt(1, 0, 0), USER_FAULT));

        assertThat(again).isEmpty();
        List<AttemptId> elsewhere = attempts(bench.succeed(attempt(1, 1, 0)));
        assertThat(elsewhere).containsExactly(attempt(1, 0, 1));
        assertThat(bench.place(attempt(1, 0, 1))).isEqualTo(Bench.executor(2));
    }

    @Test
    void aTaskThatFailedEverywhereMayRunAnywhere() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.submit(1, result(1, 1));

        assertThat(attempts(bench.fail(attempt(1, 0, 0), USER_FAULT))).containsExactly(attempt(1, 0, 1));
        assertThat(attempts(bench.fail(attempt(1, 0, 1), USER_FAULT))).containsExactly(attempt(1, 0, 2));
    }

    @Test
    void aTaskRunsWhereItFailedWhenTheOtherPlaceIsGone() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.submit(1, result(1, 2));
        bench.fail(attempt(1, 0, 0), USER_FAULT);

        List<AttemptId> placed = attempts(bench.lose(2, new Cause.NodeLost("host2")));

        assertThat(placed).hasSize(1);
        assertThat(bench.place(placed.get(0))).isEqualTo(Bench.executor(1));
    }

    @Test
    void anExecutorAtWhichTwoTasksOfAStageFailedGetsNoneOfThatStage() {
        bench.attach(1, 2);
        bench.submit(1, result(1, 6));
        bench.attach(2, 2);
        bench.fail(attempt(1, 0, 0), new Cause.DisksFailed("host1"));

        List<AttemptId> after = attempts(bench.fail(attempt(1, 1, 0), new Cause.DisksFailed("host1")));

        assertThat(after).noneMatch(each -> bench.place(each).equals(Bench.executor(1)));
        assertThat(attempts(bench.submit(2, result(2, 1))))
                .as("of another stage")
                .singleElement()
                .satisfies(each -> assertThat(bench.place(each)).isEqualTo(Bench.executor(1)));
    }

    @Test
    void anExecutorAtWhichManyTasksFailedGetsNoneUntilThatIsForgottenAndSaysWhy() {
        failFourAtTheFirst();

        assertThat(attempts(bench.submit(3, result(3, 1)))).isEmpty();
        assertThat(bench.core.explain(bench.now()))
                .anyMatch(each -> each.contains("executor 1 on host1:8041 get no tasks for a while")
                        && each.contains(new Cause.DisksFailed("host1").happened()));

        assertThat(attempts(bench.after(Duration.ofMinutes(11)))).isNotEmpty();
    }

    /** With the second busy, so that it is there and has no slot. */
    private void failFourAtTheFirst() {
        bench.attach(1, 2);
        for (int stage = 1; stage <= 2; stage++) {
            bench.submit(stage, result(stage, 2));
            if (stage == 1) {
                bench.attach(2, 1);
            }
            for (int task = 0; task < 2; task++) {
                bench.fail(attempt(stage, task, 0), new Cause.DisksFailed("host1"));
            }
        }
    }
}
