package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.config.Configuration;
import io.raddle.proto.ApplicationSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTermsTest {
    @Test
    void areWhatTheClientAskedFor() {
        ApplicationSpec spec = ApplicationSpec.newBuilder()
                .setExecutors(3)
                .setExecutorMemoryMib(768)
                .setExecutorCores(2)
                .build();
        Configuration given =
                Configuration.parse(Map.of("raddle.launch.deadline", "45s", "raddle.yarn.allocate.interval", "250ms"));

        ClusterTerms terms = ApplicationMasterMain.terms(
                new MasterContainer(1_700_000_000_000L, 4, 1, "node-1"),
                spec,
                given,
                new Racks(() -> new org.apache.hadoop.conf.Configuration(false)));

        assertThat(terms.launchDeadline()).isEqualTo(Duration.ofSeconds(45));
        assertThat(terms.pollInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(terms.executors()).isEqualTo(3);
        assertThat(terms.shape().getMemorySize()).isEqualTo(768);
        assertThat(terms.shape().getVirtualCores()).isEqualTo(2);
        assertThat(terms.host()).isEqualTo("node-1");
        assertThat(terms.rackOf().apply("node-2")).isEqualTo("/default-rack");
    }
}
