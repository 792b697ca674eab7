package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineReaderTest {
    @Test
    void leavesEverythingBehindTheApplicationToTheApplication() {
        SubmitOptions options = CommandLineReader.read("--queue", "alpha", "app.jar", "--queue", "mine", "-v");

        assertThat(options.queue).isEqualTo("alpha");
        assertThat(options.words).containsExactly("app.jar", "--queue", "mine", "-v");
        assertThat(options.verbose).isFalse();
    }

    @Test
    void takesValuesBehindABlankOrAnEqualsSign() {
        SubmitOptions options = CommandLineReader.read("--name=one", "--conf", "a=b=c", "--conf=d=e", "app.jar");

        assertThat(options.name).isEqualTo("one");
        assertThat(options.configuration).containsEntry("a", "b=c").containsEntry("d", "e");
    }

    @ParameterizedTest
    @CsvSource({
        "--exector-memory, --executor-memory",
        "--executer-cores, --executor-cores",
        "--num-executor, --num-executors",
        "--detatch, --detach"
    })
    void suggestsTheNearestOption(String typed, String meant) {
        assertThatThrownBy(() -> CommandLineReader.read(typed, "x", "app.jar"))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith("Unknown option " + typed + ". Did you mean " + meant + "?");
    }

    @Test
    void saysWhichOptionLacksItsValue() {
        assertThatThrownBy(() -> CommandLineReader.read("--status"))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("--status");
    }

    @Test
    void saysOnceThatAnOptionIsMeant() {
        assertThatThrownBy(() -> CommandLineReader.read("--conf", "raddle.x", "app.jar"))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith("Value for option '--conf'");
    }

    @Test
    void namesEachOptionInItsHelp() {
        assertThat(CommandLineReader.help())
                .contains("--master", "--ship-jdk", "--detach", "--attach", "Exit code")
                .doesNotContain("\u001b");
    }
}
