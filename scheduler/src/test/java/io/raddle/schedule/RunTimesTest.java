package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTimesTest {
    @Test
    void nothingHasTheMedianNothing() {
        assertThat(new RunTimes().median()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 8, 9, 1000, 123_456_789, 1L << 40, Long.MAX_VALUE / 2})
    void oneTimeIsTheMedianToAnEighth(long nanos) {
        RunTimes times = new RunTimes();

        times.add(nanos);

        assertThat(times.median()).isBetween(nanos, nanos + Math.max(1, nanos / 8));
    }

    @Test
    void manyTimesHaveTheirMedianToAnEighth() {
        Random random = new Random(7);
        for (int size = 1; size < 200; size++) {
            RunTimes times = new RunTimes();
            long[] all = random.longs(size, 1, 1L << (1 + random.nextInt(50))).toArray();
            Arrays.stream(all).forEach(times::add);
            Arrays.sort(all);
            long median = all[(size - 1) / 2];

            assertThat(times.median()).isBetween(median, median + Math.max(1, median / 8));
        }
    }
}
