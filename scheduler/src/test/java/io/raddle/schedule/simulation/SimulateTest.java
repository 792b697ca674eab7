package io.raddle.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A long run must not pass for what it never did. */
class SimulateTest {
    private static final String TRANSITION = "job RUNNING -> FAILED";

    private static Simulation.Outcome outcome(long failedJobs, Fault... faults) {
        Map<Fault, Integer> times = new EnumMap<>(Fault.class);
        for (Fault fault : faults) {
            times.merge(fault, 1, Integer::sum);
        }
        return new Simulation.Outcome(times, new TreeMap<>(Map.of(TRANSITION, failedJobs)), new TreeMap<>(), 1);
    }

    @Test
    void everyKindOfFaultIsTooRareUntilItOccurs() {
        Simulate simulate = new Simulate();
        simulate.add(outcome(1, Fault.NODE_LOST));

        assertThat(simulate.rare())
                .hasSize(Fault.values().length - 1)
                .doesNotContain("fault NODE_LOST", TRANSITION)
                .contains("fault RELAY_RESTART");
    }

    @Test
    void whatOccursInFewerThanOneSeedOfAHundredIsTooRareHoweverOftenItOccursThere() {
        Simulate simulate = new Simulate();
        simulate.add(outcome(1000, Fault.values()));
        for (int seed = 0; seed < 100; seed++) {
            simulate.add(outcome(0));
        }
        assertThat(simulate.rare()).contains(TRANSITION, "fault NODE_LOST");

        simulate.add(outcome(1, Fault.NODE_LOST));

        assertThat(simulate.rare()).contains("fault RELAY_RESTART").doesNotContain(TRANSITION, "fault NODE_LOST");
    }

    @Test
    void aRunThatVisitsTooLittleFailsAlthoughNoRuleWasBroken() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int exit = new Simulate().longRun(1, 1, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("too rare: fault ", "task DONE -> PENDING")
                .contains("1 seeds, 0 broken");
    }
}
