package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.yarn.client.watch.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({"3, 3", "255, 255", "-1, 255", "259, 3", "256, 1", "-256, 1", "0, 1"})
    void passesOnWhatAProgramNamedAsFarAsAProcessCanEndSoAndNeverAFailureAsZero(int named, int expected) {
        assertThat(ExitCode.of(new Ending(Ending.State.FAILED, named, "", ""))).isEqualTo(expected);
    }

    @Test
    void isZeroForASuccessAloneAndTellsAKilledFromALostOne() {
        assertThat(ExitCode.named(0)).isZero();
        assertThat(ExitCode.of(new Ending(Ending.State.SUCCEEDED, 0, "", ""))).isZero();
        assertThat(ExitCode.of(new Ending(Ending.State.KILLED, 1, "", ""))).isEqualTo(121);
        assertThat(ExitCode.of(Ending.lost("gone"))).isEqualTo(122);
    }
}
