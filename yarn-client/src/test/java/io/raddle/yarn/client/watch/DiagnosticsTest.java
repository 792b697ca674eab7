package io.raddle.yarn.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: java.lang.UnsupportedClassVersionError: io/raddle/X has been compiled | too old",
                "exitCode: 127 ... /bin/java: No such file or directory | have no Java",
                "is running 104857600B beyond the 'PHYSICAL' memory limit. Current usage | --driver-memory",
                "Unrecognized VM option 'UseNothing' Error: Could not create | --java-options",
                "AM Container for appattempt_1_0001_000001 exited with  exitCode: 137 Failing this attempt | by signal 9"
            })
    void explainsWhyAMasterDidNotLive(String diagnostics, String expected) {
        assertThat(Diagnostics.sentence(diagnostics)).contains(expected);
    }

    @Test
    void saysOfAMasterThatOnlyRelaysWhatKilledIt() {
        assertThat(Diagnostics.deathOfRelay("appattempt_1_0001_000001 exited with  exitCode: 137 Failing this attempt"))
                .hasValueSatisfying(death -> assertThat(death).startsWith("was killed by signal 9"));
        assertThat(Diagnostics.deathOfRelay("is running 1B beyond the 'PHYSICAL' memory limit. Current usage"))
                .hasValueSatisfying(death -> assertThat(death).contains("more memory than it was granted"));
        assertThat(Diagnostics.deathOfRelay("The driver was lost.")).isEmpty();
    }

    @Test
    void shortensWhatItDoesNotKnow() {
        assertThat(Diagnostics.sentence("  one\n two  ")).isEqualTo("one two");
        assertThat(Diagnostics.sentence("x".repeat(1000))).hasSize(402);
    }

    @Test
    void saysWhyAnAcceptedApplicationWaits() {
        String text =
                "[Fri Nov 20 18:00:00 +0000 2026] Application is added to the scheduler and is not yet activated. "
                        + "Queue's AM resource limit exceeded.  Details : AM Partition = <DEFAULT_PARTITION>; "
                        + "AM Resource Request = <memory:1024, vCores:1>; ";

        assertThat(Diagnostics.waiting(text))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Application is added to the scheduler and is not yet activated.")
                .contains("AM Resource Request = <memory:1024, vCores:1>");
        assertThat(Diagnostics.waiting("")).isEmpty();
    }

    @Test
    void saysWithoutJargonThatTheMasterHasNoContainerYet() {
        String text = "[Fri Nov 20 18:00:00 +0000 2026] Application is Activated, waiting for resources to be assigned "
                + "for AM.  Details : AM Partition = <DEFAULT_PARTITION> ; Partition Resource = <memory:8192, vCores:8> ; ";

        assertThat(Diagnostics.waiting(text)).containsExactly("YARN has no container for the application master yet.");
    }

    @Test
    void saysInFiguresThatMastersHaveTheirShareOfAQueue() {
        String text =
                "[Fri Nov 20 18:00:00 +0000 2026] Application is added to the scheduler and is not yet activated. "
                        + "Queue's AM resource limit exceeded.  Details : AM Partition = <DEFAULT_PARTITION>; "
                        + "AM Resource Request = <memory:1024, vCores:2>; "
                        + "Queue Resource Limit for AM = <memory:256, vCores:1>; "
                        + "User AM Resource Limit of the queue = <memory:300, vCores:1>; "
                        + "Queue AM Resource Usage = <memory:512, vCores:1>; ";

        assertThat(Diagnostics.waiting(text))
                .containsExactly("In this queue application masters have 512 MiB with 1 core and may have 256 MiB"
                        + " with 1 core; this one needs 1024 MiB with 2 cores, so another must end first.");
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "-1", "256"})
    void readsTheExitCodeThatAMasterLeftAndShowsTheSentenceAlone(int code) {
        String left = "User code called System.exit(" + code + "). Look at its output.\n[exit code " + code + "]";

        assertThat(Diagnostics.exitCode(left)).hasValue(code);
        assertThat(Diagnostics.sentence(left))
                .isEqualTo("User code called System.exit(" + code + "). Look at its output.");
    }
}
