package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.id.AttemptId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private final Bench bench = new Bench();

    /** How many tasks of each stage got slots as the tasks of the first job gave them free, one after the other. */
    private List<Integer> stagesAfter(List<AttemptId> running) {
        List<Integer> stages = new ArrayList<>();
        running.forEach(attempt -> attempts(bench.succeed(attempt))
                .forEach(next -> stages.add(next.stage().number())));
        return stages;
    }

    @Test
    void jobsOfOnePoolAreServedFirstInFirstOut() {
        bench.attach(1, 4);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 8)));
        bench.submit(2, result(2, 4));

        assertThat(stagesAfter(first)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void poolsShareEvenly() {
        bench.attach(1, 4);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 8)));
        bench.submit(2, new JobPool("other", 1, 0), result(2, 8));

        assertThat(stagesAfter(first)).containsExactly(2, 2, 1, 1);
    }

    @Test
    void aPoolGetsAsManyTimesMoreAsItsWeightSays() {
        bench.attach(1, 8);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 16)));
        bench.submit(2, new JobPool("heavy", 3, 0), result(2, 16));

        stagesAfter(first);

        assertThat(bench.core.inside().stages().all())
                .extracting(stage -> stage.pool().underWay())
                .containsExactly(2, 6);
    }

    @Test
    void aPoolGetsItsMinimumFirst() {
        bench.attach(1, 4);
        List<AttemptId> first = attempts(bench.submit(1, new JobPool("heavy", 100, 0), result(1, 8)));
        bench.submit(2, new JobPool("quick", 1, 2), result(2, 8));

        assertThat(stagesAfter(first)).containsExactly(2, 2, 1, 1);
    }

    @Test
    void thatAPoolHasNothingToDoLeavesAllToTheOther() {
        bench.attach(1, 4);
        List<AttemptId> first = attempts(bench.submit(1, result(1, 8)));
        bench.submit(2, new JobPool("other", 1, 2), result(2, 1));

        assertThat(stagesAfter(first)).containsExactly(2, 1, 1, 1);
    }

    @Test
    void aPoolIsForgottenWithItsLastJobAndHasTheTermsOfTheLatest() {
        Pools pools = new Pools();
        Pool pool = pools.of(new JobPool("a", 1, 0));
        Stage stage = Parts.stage(result(1, 1));
        pools.enter(stage, pool);

        assertThat(pools.of(new JobPool("a", 5, 1))).isSameAs(pool);
        assertThat(pool.terms().weight()).isEqualTo(5);
        pools.leave(stage);

        assertThat(pools.of(new JobPool("a", 1, 0))).isNotSameAs(pool);
    }

    @Test
    void termsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new JobPool("a", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight 0");
    }
}
