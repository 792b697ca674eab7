package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private static final long MILLI = 1_000_000;

    private final PollPace pace = new PollPace(0, Duration.ofSeconds(1));

    @Test
    void isQuickUntilTheFirstGrantsShouldBeHere() {
        assertThat(pace.next(0, 2)).isEqualTo(20 * MILLI);
        assertThat(pace.next(1999 * MILLI, 2)).isEqualTo(20 * MILLI);
    }

    @Test
    void backsOffWhenTheClusterIsFull() {
        assertThat(pace.next(2000 * MILLI, 2)).isEqualTo(40 * MILLI);
        assertThat(pace.next(2040 * MILLI, 2)).isEqualTo(80 * MILLI);
        for (int i = 0; i < 10; i++) {
            pace.next(3000 * MILLI, 2);
        }
        assertThat(pace.next(9000 * MILLI, 2)).isEqualTo(1000 * MILLI);
    }

    @Test
    void restsWhenNothingIsOwed() {
        assertThat(pace.next(0, 0)).isEqualTo(1000 * MILLI);
    }

    @Test
    void isQuickAgainWhenTheDemandChanges() {
        pace.next(5000 * MILLI, 0);
        pace.demandChanged(6000 * MILLI);

        assertThat(pace.next(6000 * MILLI, 1)).isEqualTo(20 * MILLI);
    }
}
