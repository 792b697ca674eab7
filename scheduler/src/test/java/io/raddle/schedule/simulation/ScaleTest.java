package io.raddle.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task costs the core does not grow with the number of tasks, nor with that of executors. */
class ScaleTest {
    private static final double FLAT = 1.5;

    private static Scale.Cost cost(int tasks, int executors) {
        Scale.Cost cost = Scale.run(new Scale.Size(tasks, executors, 4, Duration.ofSeconds(1)));
        assertThat(cost.launched()).isEqualTo(tasks);
        return cost;
    }

    @Test
    void aTaskAllocatesNoMoreAmongTenTimesAsMany() {
        Scale.Cost few = cost(4_000, 200);
        Scale.Cost many = cost(40_000, 200);

        assertThat(many.allocatedPerTask()).isLessThan(FLAT * few.allocatedPerTask());
        assertThat(many.passes()).isLessThan(many.events());
    }

    @Test
    void aTaskAllocatesNoMoreAmongTenTimesAsManyExecutors() {
        Scale.Cost few = cost(20_000, 100);
        Scale.Cost many = cost(20_000, 1_000);

        assertThat(many.allocatedPerTask()).isLessThan(FLAT * few.allocatedPerTask());
    }

    @Test
    void printsATableWithALineForEachNumberOfTasks() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        Scale.table(
                List.of(100, 1_000), 10, 2, Duration.ofMillis(5), new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("10 executors of 2 slots, tasks of 5 ms", "| 100 | ", "| 1,000 | ");
    }
}
