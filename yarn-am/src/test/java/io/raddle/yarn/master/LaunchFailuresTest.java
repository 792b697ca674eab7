package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import org.junit.jupiter.api.Test;

class LaunchFailuresTest {
    private static final Cause CAUSE = new Cause.LaunchFailed("a:1", "why");

    private final LaunchFailures failures = new LaunchFailures();

    @Test
    void avoidsAHostAfterItsSecondFailure() {
        assertThat(failures.failed("a", CAUSE, 2, 3).avoidHost()).isFalse();
        assertThat(failures.failed("b", CAUSE, 2, 3).avoidHost()).isFalse();
        assertThat(failures.failed("a", CAUSE, 2, 3).avoidHost()).isTrue();
    }

    @Test
    void avoidsAHostWithoutAFittingJavaAtOnce() {
        assertThat(failures.failed("a", new Cause.ClusterRefused("Java 8", "--ship-jdk"), 2, 3))
                .satisfies(verdict -> assertThat(verdict.avoidHost()).isTrue())
                .satisfies(verdict -> assertThat(verdict.giveUp()).isEmpty());
    }

    @Test
    void givesUpWhenNoHostIsLeft() {
        Cause java = new Cause.ClusterRefused("Java 8", "--ship-jdk");
        failures.failed("a", java, 2, 2);

        assertThat(failures.failed("b", java, 2, 2).giveUp()).contains(java);
    }

    @Test
    void givesUpAfterManyFailuresInARow() {
        for (int i = 0; i < 9; i++) {
            assertThat(failures.failed("host" + i, CAUSE, 5, 1000).giveUp()).isEmpty();
        }
        assertThat(failures.failed("another", CAUSE, 5, 1000).giveUp()).contains(CAUSE);
    }

    @Test
    void forgivesAHostWhoseExecutorAttached() {
        failures.failed("a", CAUSE, 2, 3);
        failures.attached("a");

        assertThat(failures.failed("a", CAUSE, 2, 3).avoidHost()).isFalse();
    }
}
