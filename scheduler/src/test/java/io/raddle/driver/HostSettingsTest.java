package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.raddle.config.Configuration;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.proto.Welcome;
import io.raddle.schedule.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSettingsTest {
    @TempDir
    Path directory;

    @Test
    void letsTheCoreDecideByTheKeysThatWereGiven() {
        Settings core = settings(Map.of("raddle.stage.max.attempts", "7", "raddle.locality.wait", "9s"))
                .core(Duration.ZERO);

        assertThat(core.stageAttempts()).isEqualTo(7);
        assertThat(core.localityWait()).isEqualTo(Duration.ofSeconds(9));
        assertThat(core.maxExecutors()).isEqualTo(2);
        assertThat(core.slotsPerExecutor()).isEqualTo(4);
    }

    @Test
    void letsTheWorkDecideHowManyExecutorsThereAreWhereNoNumberIsGiven() {
        Settings usual = elastic(Map.of()).core(Duration.ZERO);
        Settings bounded = elastic(
                        Map.of("raddle.executor.min", "3", "raddle.executor.max", "9", "raddle.executor.idle", "5s"))
                .core(Duration.ZERO);
        Settings tiny = elastic(Map.of("raddle.executor.max", "1")).core(Duration.ZERO);

        assertThat(usual.minExecutors()).isZero();
        assertThat(usual.firstExecutors()).isEqualTo(2);
        assertThat(usual.maxExecutors()).isEqualTo(10_000);
        assertThat(bounded.minExecutors()).isEqualTo(3);
        assertThat(bounded.firstExecutors()).isEqualTo(3);
        assertThat(bounded.maxExecutors()).isEqualTo(9);
        assertThat(bounded.idlePatience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(tiny.firstExecutors()).isEqualTo(1);
    }

    @Test
    void hasExecutorsFarAwayKeepMoreWorkQueued() {
        HostSettings settings = settings(Map.of());

        assertThat(settings.core(Duration.ofMillis(150)).lookAhead())
                .isEqualTo(settings.core(Duration.ZERO).lookAhead().plusMillis(150));
    }

    @Test
    void tellsExecutorsTheLeaseAndHowOftenToBeat() {
        Map<String, String> given = Map.of("raddle.driver.lease", "25s", "raddle.heartbeat.interval", "700ms");

        Welcome welcome = settings(given).welcome().build();

        assertThat(welcome.getLeaseMillis()).isEqualTo(25_000);
        assertThat(welcome.getConfigurationMap()).containsAllEntriesOf(given);
        assertThat(welcome.getEpoch()).isEqualTo(3);
        assertThat(welcome.getMapIdPrefix()).isEqualTo("a-1-3");
    }

    private HostSettings settings(Map<String, String> configuration) {
        return settings(2, configuration);
    }

    private HostSettings elastic(Map<String, String> configuration) {
        return settings(0, configuration);
    }

    private HostSettings settings(int executors, Map<String, String> configuration) {
        return new HostSettings(
                "test",
                3,
                "a-1-3",
                executors,
                4,
                Configuration.parse(configuration),
                ByteString.EMPTY,
                List.of(),
                EndpointSettings.inProcess(directory, 1 << 20));
    }
}
