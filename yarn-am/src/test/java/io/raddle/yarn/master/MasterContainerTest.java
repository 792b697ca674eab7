package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterContainerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "container_1795200313237_0007_01_000001",
                "container_e17_1795200313237_0007_01_000001",
                "container_e03_1795200313237_123456_12_000123"
            })
    void readsIdsAsYarnDoes(String id) {
        MasterContainer me = MasterContainer.of(Map.of("CONTAINER_ID", id, "NM_HOST", "worker"));

        var attempt = ContainerId.fromString(id).getApplicationAttemptId();
        assertThat(me.application()).isEqualTo(attempt.getApplicationId());
        assertThat(me.attempt()).isEqualTo(attempt.getAttemptId());
        assertThat(me.host()).isEqualTo("worker");
    }

    @Test
    void namesMapOutputsDifferentlyInEachAttempt() {
        MasterContainer first = new MasterContainer(1795200313237L, 7, 1, "worker");
        MasterContainer second = new MasterContainer(1795200313237L, 7, 2, "worker");

        assertThat(first.mapIdPrefix()).matches("[a-z0-9-]+").isNotEqualTo(second.mapIdPrefix());
    }

    @Test
    void refusesToRunOutsideAContainer() {
        assertThatIllegalStateException().isThrownBy(() -> MasterContainer.of(Map.of()));
    }
}
