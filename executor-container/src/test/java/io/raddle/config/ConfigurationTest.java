package io.raddle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.wire.PortRange;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static Configuration of(String name, String value) {
        return Configuration.parse(Map.of(name, value));
    }

    @Test
    void givesDefaultsForWhatWasNotGiven() {
        Configuration defaults = Configuration.defaults();
        assertThat(defaults.get(Keys.EXECUTOR_MEMORY)).isEqualTo(1L << 30);
        assertThat(defaults.get(Keys.LOCALITY_WAIT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.get(Keys.PORT_RANGE)).isEqualTo(PortRange.ANY);
        assertThat(defaults.isGiven(Keys.QUEUE)).isFalse();
    }

    @Test
    void readsWhatWasGiven() {
        Configuration configuration = Configuration.parse(Map.of(
                "raddle.executor.memory", "512m",
                "raddle.executor.cores", " 4 ",
                "raddle.locality.wait", "200ms",
                "raddle.port.range", "40000-40100",
                "raddle.master", "local[4]",
                "raddle.hadoop.dfs.replication", "1"));
        assertThat(configuration.get(Keys.EXECUTOR_MEMORY)).isEqualTo(512L << 20);
        assertThat(configuration.get(Keys.EXECUTOR_CORES)).isEqualTo(4);
        assertThat(configuration.get(Keys.LOCALITY_WAIT)).isEqualTo(Duration.ofMillis(200));
        assertThat(configuration.get(Keys.PORT_RANGE)).isEqualTo(new PortRange(40000, 40100));
        assertThat(configuration.get(Keys.MASTER)).isEqualTo("local[4]");
        assertThat(configuration.hadoop()).containsExactly(Map.entry("dfs.replication", "1"));
        assertThat(Configuration.parse(configuration.asMap())).isEqualTo(configuration);
    }

    @Test
    void refusesALeastNumberOfExecutorsThatIsMoreThanTheMost() {
        assertThatThrownBy(() -> Configuration.parse(Map.of("raddle.executor.min", "5", "raddle.executor.max", "3")))
                .hasMessage("raddle.executor.min is 5, but raddle.executor.max is 3."
                        + " Set the least to no more than the most.");
    }

    @ParameterizedTest
    @CsvSource({
        "raddle.executor.memry, raddle.executor.memory",
        "raddle.exeuctor.cores, raddle.executor.cores",
        "spark.executor.memory, raddle.executor.memory",
        "spark.locality.wait, raddle.locality.wait"
    })
    void refusesAnUnknownKeyAndNamesTheNearest(String wrong, String meant) {
        assertThatThrownBy(() -> of(wrong, "1"))
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.InvalidInput.class))
                .hasMessage("There is no configuration key " + wrong + ". Did you mean " + meant
                        + "? All keys are listed in docs/configuration.md.");
    }

    @Test
    void suggestsNothingForAKeyThatResemblesNone() {
        assertThatThrownBy(() -> of("colour", "red"))
                .hasMessage("There is no configuration key colour. All keys are listed in docs/configuration.md.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raddle.executor.cores | zero | is not a whole number. Give a whole number from 1 to 1024.",
                "raddle.executor.cores | 0 | is out of range. Give a whole number from 1 to 1024.",
                "raddle.executor.memory | 1024 | has no unit. Give a size with its unit (b, k, m, g, t) from 512m to 16t.",
                "raddle.executor.memory | 16m | is out of range. Give a size with its unit (b, k, m, g, t) from 512m to 16t.",
                "raddle.executor.memory | lots | is not a size. Give a size with its unit (b, k, m, g, t) from 512m to 16t.",
                "raddle.locality.wait | 3 | has no unit. Give a time with its unit (ms, s, m, h, d) from 0s to 1h.",
                "raddle.locality.wait | 3y | is not a time. Give a time with its unit (ms, s, m, h, d) from 0s to 1h.",
                "raddle.deploy.mode | Cluster | is not one of client, cluster. Give client or cluster.",
                "raddle.master | spark://h:1 | cannot be used. Give yarn, embedded, local, local[N] or local[*].",
                "raddle.java.options | -Dx=y -Xmx4g | cannot be used. Give JVM options without -Xmx and -Xms, since the memory keys size the heap.",
                "raddle.port.range | 80-90 | is out of range. Give first-last with ports from 1024 to 65535, or nothing for any free port.",
                "raddle.port.range | 5000-4000 | is out of range. Give first-last with ports from 1024 to 65535, or nothing for any free port.",
                "raddle.port.range | some | is not a range of ports. Give first-last with ports from 1024 to 65535, or nothing for any free port.",
            })
    void refusesAValueThatDoesNotFitAndSaysWhatWould(String key, String value, String rest) {
        assertThatThrownBy(() -> of(key, value))
                .isInstanceOf(RaddleException.class)
                .hasMessage(key + "=" + value + " " + rest);
    }
}
