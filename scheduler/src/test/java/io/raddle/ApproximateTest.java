package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.raddle.function.Pair;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Estimates when time is up come from the partitions that are done, and the rest is given up. */
class ApproximateTest {
    /** Partitions from the twelfth on wait here, until a cancel interrupts them. */
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Session session;

    @BeforeEach
    void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** Of 24 partitions of 100 numbers each, those of which the first 12 can be read. */
    private Rdd<Long> halfStuck() {
        return session.range(0, 2400, 1, 24).mapPartitionsWithIndex((index, records) -> {
            if (index >= 12 && !NEVER.await(50, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody gave up");
            }
            return records;
        });
    }

    @Test
    void estimatesACountFromWhatWasCounted() {
        Estimate count = halfStuck().countApprox(3000, 0.9);

        assertThat(count.mean()).isCloseTo(2400, within(0.001));
        assertThat(count.confidence()).isEqualTo(0.9);
        assertThat(count.low()).isBetween(1200.0, 2400.0);
        assertThat(count.high()).isGreaterThan(2400);
    }

    @Test
    void estimatesSumAndMean() {
        DoubleRdd ones = halfStuck().mapToDouble(each -> each % 2);

        Estimate sum = ones.sumApprox(3000);
        Estimate mean = ones.meanApprox(3000);

        assertThat(sum.mean()).isCloseTo(1200, within(0.001));
        assertThat(sum.low()).isLessThanOrEqualTo(1200.001);
        assertThat(mean.mean()).isCloseTo(0.5, within(0.001));
        assertThat(mean.low()).isBetween(0.4, 0.5);
        assertThat(mean.high()).isBetween(0.5, 0.6);
    }

    @Test
    void estimatesHowOftenEachKeyIsThere() {
        Map<Long, Estimate> counts =
                halfStuck().mapToPair(each -> Pair.of(each % 4, each)).countByKeyApprox(3000);

        assertThat(counts).containsOnlyKeys(0L, 1L, 2L, 3L);
        assertThat(counts.get(2L).mean()).isCloseTo(600, within(0.001));
        assertThat(counts.get(2L).low()).isBetween(300.0, 600.0);
    }

    @Test
    void knowsNothingWhenNoPartitionWasRead() {
        Estimate count = session.range(0, 10, 1, 2)
                .mapPartitions(records -> {
                    NEVER.await(50, TimeUnit.SECONDS);
                    return records;
                })
                .countApprox(100);

        assertThat(count).isEqualTo(new Estimate(0, 0, 0, Double.POSITIVE_INFINITY));
    }

    @Test
    void isExactWhenTimeSuffices() {
        DoubleRdd numbers = session.range(0, 100, 1, 4).mapToDouble(each -> each);

        assertThat(numbers.sumApprox(60_000)).isEqualTo(Estimate.exactly(4950));
        assertThat(numbers.meanApprox(60_000).mean()).isCloseTo(49.5, within(1e-9));
        assertThat(numbers.meanApprox(60_000).confidence()).isOne();
    }
}
