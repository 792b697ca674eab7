package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.id.StageId;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.Progress.StageView;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Bench bench = new Bench();

    @Test
    void tellsTheTimesOfAStagesLastRound() {
        bench.attach(1, 2, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        long first = bench.now();
        bench.submit(1, map(0, 7, 1), result(1, 1, 7));
        bench.after(SECOND);
        bench.succeed(attempt(0, 0, 0));
        assertThat(stage(0))
                .extracting(StageView::startedNanos, StageView::endedNanos)
                .containsExactly(first, bench.now());
        long reading = bench.now();
        assertThat(stage(1))
                .extracting(StageView::startedNanos, StageView::endedNanos)
                .containsExactly(reading, 0L);
        bench.after(SECOND);
        bench.attach(2, 2);

        bench.lose(1, new Cause.ExecutorExited("host1:8041", 137, ""));

        long again = bench.now();
        assertThat(stage(0))
                .extracting(StageView::startedNanos, StageView::endedNanos)
                .containsExactly(again, 0L);
        assertThat(stage(1))
                .extracting(StageView::startedNanos, StageView::endedNanos)
                .containsExactly(reading, again);
    }

    @Test
    void countsNoTimeOfAStageThatNobodyWaitsForAnyMore() {
        bench.attach(1, 2);
        bench.submit(1, map(0, 7, 1), result(1, 1, 7));
        bench.after(SECOND);

        bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("test")));

        assertThat(stage(0).endedNanos()).isEqualTo(bench.now());
    }

    private StageView stage(int number) {
        return bench.core.progress().stages().stream()
                .filter(view -> view.stage().equals(new StageId(number)))
                .findFirst()
                .orElseThrow();
    }
}
