package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
    private static final Configuration HOST =
            Configuration.parse(Map.of("raddle.result.max", "2m", "raddle.executor.cores", "3"));

    @Test
    void takesFromTheSessionWhatItCanStillSet() {
        SessionKeys asked = SessionKeys.of(Map.of("raddle.default.parallelism", "7", "raddle.executor.instances", "9"));

        Configuration session = asked.under(HOST);

        assertThat(session.get(Keys.DEFAULT_PARALLELISM)).isEqualTo(7);
        assertThat(session.get(Keys.EXECUTOR_CORES)).isEqualTo(3);
        assertThat(session.isGiven(Keys.EXECUTOR_INSTANCES)).isFalse();
    }

    @Test
    void letsTheSubmitPrevail() {
        SessionKeys asked = SessionKeys.of(Map.of("raddle.result.max", "1m"));

        assertThat(asked.under(HOST).get(Keys.RESULT_MAX)).isEqualTo(2 << 20);
        assertThat(asked.tooLate(HOST)).isEmpty();
    }

    @Test
    void namesWhatComesTooLate() {
        SessionKeys asked = SessionKeys.of(Map.of(
                "raddle.executor.memory", "4g", "raddle.executor.cores", "3", "raddle.default.parallelism", "7"));

        assertThat(asked.tooLate(HOST))
                .contains("The program sets raddle.executor.memory in code, which is too late in a program that was"
                        + " submitted. Give it to yarn-submit with --conf.");
    }

    @Test
    void refusesUnknownKeys() {
        assertThatThrownBy(() -> SessionKeys.of(Map.of("raddle.default.paralelism", "7")))
                .hasMessageContaining("raddle.default.parallelism");
    }
}
