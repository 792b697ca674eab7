package io.raddle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "7b,7", "1k,1024", "1 KiB,1024", "2Mb,2097152", "3g,3221225472", "1t,1099511627776"})
    void readsSizes(String text, long bytes) {
        assertThat(Units.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,PT0S", "20ms,PT0.02S", "3s,PT3S", "2m,PT2M", "2min,PT2M", "1h,PT1H", "2d,PT48H"})
    void readsTimes(String text, Duration time) {
        assertThat(Units.duration(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1k", "1.5g", "1x", "k", "9999999999999999t", "99999999999999999999b", "1bb"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.bytes(text)).withMessage("is not a size");
    }

    @Test
    void refusesTimesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.duration("999999999999d"))
                .withMessage("is not a time");
    }
}
