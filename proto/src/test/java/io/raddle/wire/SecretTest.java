package io.raddle.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void derivesTheSameSecretForTheSamePurposeOnly() {
        Secret root = Secret.random();

        assertThat(root.derive(Secret.EXECUTOR))
                .isEqualTo(Secret.of(root.bytes()).derive(Secret.EXECUTOR));
        assertThat(root.derive(Secret.EXECUTOR)).isNotEqualTo(root.derive(Secret.CONTROL));
        assertThat(root.derive(Secret.EXECUTOR)).isNotEqualTo(root);
    }

    @Test
    void twoRootsDiffer() {
        assertThat(Secret.random()).isNotEqualTo(Secret.random());
    }

    @Test
    void neverPrintsItself() {
        assertThat(Secret.of(new byte[Secret.SIZE_BYTES]).toString()).isEqualTo("Secret(…)");
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> Secret.of(new byte[31])).hasMessageContaining("32 bytes");
    }
}
