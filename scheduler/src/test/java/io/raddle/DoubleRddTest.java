package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statistics of numbers are those of plain loops over them. */
class DoubleRddTest {
    private static Session session;

    private RandomData data = new RandomData(0);

    @BeforeAll
    static void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private DoubleRdd rdd(List<Double> numbers) {
        return session.parallelizeDoubles(numbers, data.partitions());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void countsSumsAndSpreads(long seed) {
        data = new RandomData(seed);
        List<Double> numbers = data.doubles();
        DoubleRdd rdd = rdd(numbers);
        DoubleSummaryStatistics summary =
                numbers.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        double squares = numbers.stream()
                .mapToDouble(each -> (each - summary.getAverage()) * (each - summary.getAverage()))
                .sum();

        assertThat(rdd.sum()).isCloseTo(summary.getSum(), near(summary.getSum()));
        assertThat(rdd.stats().count()).isEqualTo(numbers.size());
        if (numbers.isEmpty()) {
            assertThat(rdd.mean()).isNaN();
            assertThat(rdd.variance()).isNaN();
            assertThat(rdd.sampleStdev()).isNaN();
            assertThatThrownBy(rdd::max).hasMessageContaining("no record");
            return;
        }
        assertThat(rdd.mean()).isCloseTo(summary.getAverage(), near(summary.getAverage()));
        assertThat(rdd.max()).isEqualTo(summary.getMax());
        assertThat(rdd.min()).isEqualTo(summary.getMin());
        assertThat(rdd.stats().max()).isEqualTo(summary.getMax());
        assertThat(rdd.stats().min()).isEqualTo(summary.getMin());
        assertThat(rdd.stats().sum()).isCloseTo(summary.getSum(), near(summary.getSum()));
        double variance = squares / numbers.size();
        assertThat(rdd.variance()).isCloseTo(variance, near(variance));
        assertThat(rdd.popVariance()).isEqualTo(rdd.variance());
        assertThat(rdd.stdev()).isCloseTo(Math.sqrt(variance), near(variance));
        assertThat(rdd.popStdev()).isEqualTo(rdd.stdev());
        if (numbers.size() > 1) {
            double sample = squares / (numbers.size() - 1);
            assertThat(rdd.sampleVariance()).isCloseTo(sample, near(sample));
            assertThat(rdd.sampleStdev()).isCloseTo(Math.sqrt(sample), near(sample));
        } else {
            assertThat(rdd.sampleVariance()).isNaN();
        }
    }

    private static Offset<Double> near(double value) {
        return within(1e-9 * (1 + Math.abs(value)));
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void countsBetweenBounds(long seed) {
        data = new RandomData(seed);
        List<Double> numbers = new ArrayList<>(data.doubles());
        numbers.add(Double.NaN);
        numbers.add(500.0);
        double[] bounds = {-1000, -0.0, 17, 500};
        long[] expected = {count(numbers, -1000, 0, false), count(numbers, 0, 17, false), count(numbers, 17, 500, true)
        };

        assertThat(rdd(numbers).histogram(bounds)).isEqualTo(expected);
        assertThat(rdd(numbers).histogram(bounds, true)).isEqualTo(expected);
    }

    private static long count(List<Double> numbers, double low, double high, boolean closed) {
        return numbers.stream()
                .filter(each -> each >= low && (each < high || closed && each == high))
                .count();
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void countsInBucketsOfOneWidth(long seed) {
        data = new RandomData(seed);
        List<Double> numbers = data.doubles();
        int buckets = 1 + data.random().nextInt(12);
        if (numbers.isEmpty()) {
            assertThatThrownBy(() -> rdd(numbers).histogram(buckets)).hasMessageContaining("no number");
            return;
        }

        Histogram histogram = rdd(numbers).histogram(buckets);

        double[] bounds = histogram.bounds();
        assertThat(bounds).hasSize(new HashSet<>(numbers).size() == 1 ? 2 : buckets + 1);
        assertThat(bounds[0]).isEqualTo(java.util.Collections.min(numbers));
        assertThat(bounds[bounds.length - 1]).isEqualTo(java.util.Collections.max(numbers));
        for (int i = 0; i < histogram.counts().length; i++) {
            assertThat(histogram.counts()[i])
                    .isEqualTo(count(numbers, bounds[i], bounds[i + 1], i == histogram.counts().length - 1));
        }
    }

    @Test
    void refusesBoundsThatDoNotGrow() {
        DoubleRdd rdd = rdd(List.of(1.0, 2.0));
        assertThatThrownBy(() -> rdd.histogram(new double[] {1})).hasMessageContaining("1 bounds");
        assertThatThrownBy(() -> rdd.histogram(new double[] {1, 3, 3})).hasMessageContaining("3.0 stands before 3.0");
        assertThatThrownBy(() -> rdd.histogram(new double[] {1, Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> rdd.histogram(0)).hasMessageContaining("0 buckets");
        assertThatThrownBy(() -> rdd(List.of(1.0, Double.POSITIVE_INFINITY)).histogram(3))
                .hasMessageContaining("Filter infinities");
    }

    @Test
    void sumsWhatRoundingWouldLose() {
        List<Double> numbers = new ArrayList<>();
        numbers.add(1e16);
        DoubleStream.generate(() -> 1.0).limit(1000).forEach(numbers::add);
        numbers.add(-1e16);

        assertThat(rdd(numbers).sum()).isEqualTo(1000);
        assertThat(rdd(List.of(1.0, Double.POSITIVE_INFINITY)).sum()).isInfinite();
        assertThat(rdd(List.of(1.0, Double.NaN)).sum()).isNaN();
        assertThat(rdd(List.of(1e9 + 1, 1e9 + 2, 1e9 + 3)).sampleVariance()).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void staysNumbersThroughWhatKeepsRecords(long seed) {
        data = new RandomData(seed);
        List<Double> numbers = data.doubles();
        DoubleRdd rdd = rdd(numbers);
        List<Double> twice = new ArrayList<>(numbers);
        twice.addAll(numbers);
        double sum = numbers.stream().mapToDouble(Double::doubleValue).sum();

        assertThat(rdd.filter(each -> each > 0).sum())
                .isCloseTo(
                        numbers.stream()
                                .filter(each -> each > 0)
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                        near(sum));
        assertThat(rdd.union(rdd).collect()).isEqualTo(twice);
        assertThat(session.union(rdd, rdd).collect()).isEqualTo(twice);
        assertThat(rdd.union((Rdd<Double>) rdd).collect()).isEqualTo(twice);
        assertThat(rdd.distinct().collect()).containsExactlyInAnyOrderElementsOf(new HashSet<>(numbers));
        assertThat(rdd.coalesce(1).collect()).isEqualTo(numbers);
        assertThat(rdd.coalesce(3, true).sum()).isCloseTo(sum, near(sum));
        assertThat(rdd.sample(false, 1).collect()).isEqualTo(numbers);
        assertThat(rdd.intersection(rdd).collect()).containsExactlyInAnyOrderElementsOf(new HashSet<>(numbers));
        assertThat(rdd.subtract(rdd).isEmpty()).isTrue();
        assertThat(rdd.setName("numbers").name()).contains("numbers");
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void makesNumbersOfRecordsAndPartitions(long seed) {
        data = new RandomData(seed);
        List<Integer> numbers = data.numbers();
        Rdd<Integer> rdd = session.parallelize(numbers, data.partitions());
        List<Double> halves = numbers.stream().map(each -> each / 2.0).toList();

        assertThat(rdd.mapToDouble(each -> each / 2.0).collect()).isEqualTo(halves);
        assertThat(rdd.flatMapToDouble(each -> List.of(each / 2.0).iterator()).collect())
                .isEqualTo(halves);
        assertThat(rdd.mapPartitionsToDouble(each -> Functions.mapped(each, number -> number / 2.0))
                        .collect())
                .isEqualTo(halves);
        assertThat(rdd.keyBy(each -> each).mapToDouble(Pair::value).sum())
                .isEqualTo(numbers.stream().mapToDouble(Integer::doubleValue).sum());
    }

    @Test
    void knowsStudentsDistribution() {
        // From printed tables of the two-sided 95 % and 99 %.
        assertThat(StudentT.quantile(1, 0.975)).isCloseTo(12.706, within(0.001));
        assertThat(StudentT.quantile(2, 0.975)).isCloseTo(4.303, within(0.001));
        assertThat(StudentT.quantile(10, 0.995)).isCloseTo(3.169, within(0.001));
        assertThat(StudentT.quantile(1_000_000, 0.975)).isCloseTo(1.960, within(0.001));
        assertThat(StudentT.quantile(0, 0.975)).isInfinite();
        assertThat(StudentT.quantile(30, 0.5)).isCloseTo(0, within(1e-9));
    }
}
