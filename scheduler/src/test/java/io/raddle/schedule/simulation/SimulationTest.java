package io.raddle.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulationTest {
    private static final int SEEDS = 300;

    /** With {@code -Dseed=N}, only that seed runs and what happened in it is shown when it breaks a rule. */
    @Test
    void everySeedKeepsEveryRuleAndTogetherTheyVisitEverything() {
        Long wanted = Long.getLong("seed");
        if (wanted != null) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            int broken = Simulate.replay(wanted, new PrintStream(log, true, StandardCharsets.UTF_8));
            assertThat(broken).as(log.toString(StandardCharsets.UTF_8)).isZero();
            return;
        }
        Simulate simulate = new Simulate();
        List<String> broken = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                simulate.add(new Simulation(seed, false).run());
            } catch (AssertionError | RuntimeException breach) {
                broken.add("-Dseed=" + seed + " replays: " + Simulate.firstLine(breach));
            }
        }

        assertThat(broken).isEmpty();
        assertThat(simulate.rare())
                .as("faults and transitions in fewer than 1 %% of seeds")
                .isEmpty();
    }

    @Test
    void aSeedReplaysExactly() {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        Simulate.replay(7, new PrintStream(first, true, StandardCharsets.UTF_8));
        Simulate.replay(7, new PrintStream(second, true, StandardCharsets.UTF_8));

        assertThat(first.toString(StandardCharsets.UTF_8)).isEqualTo(second.toString(StandardCharsets.UTF_8));
    }
}
