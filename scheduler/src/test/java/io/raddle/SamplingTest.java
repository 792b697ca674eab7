package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples are of the size that was asked for, fair, and the same for the same seed. */
class SamplingTest {
    private static final List<Integer> THOUSAND =
            IntStream.range(0, 1000).boxed().toList();

    private static Session session;

    @BeforeAll
    static void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static Rdd<Integer> thousand() {
        return session.parallelize(THOUSAND, 4);
    }

    @Test
    void samplesInOrderAndAlikeForTheSameSeed() {
        Rdd<Integer> sample = thousand().sample(false, 0.3, 7);

        List<Integer> first = sample.collect();

        assertThat(first).isSorted().doesNotHaveDuplicates();
        assertThat(first.size()).isBetween(230, 370);
        assertThat(sample.collect()).isEqualTo(first);
        assertThat(thousand().sample(false, 0.3, 7).collect()).isEqualTo(first);
        assertThat(thousand().sample(false, 0.3, 8).collect()).isNotEqualTo(first);
        assertThat(thousand().sample(false, 0).collect()).isEmpty();
        assertThat(thousand().sample(false, 1).collect()).isEqualTo(THOUSAND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 100})
    void samplesWithReplacementAsOftenAsPoissonSays(double fraction) {
        List<Integer> sample = thousand().sample(true, fraction, 3).collect();

        assertThat((double) sample.size()).isBetween(fraction * 1000 * 0.85, fraction * 1000 * 1.15);
        assertThat(sample).isSorted();
    }

    @Test
    void keepsThePartitionerInASample() {
        HashPartitioner partitioner = new HashPartitioner(3);
        assertThat(thousand()
                        .keyBy(each -> each)
                        .partitionBy(partitioner)
                        .sample(false, 0.1)
                        .partitioner())
                .contains(partitioner);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void splitsIntoPartsThatAreDisjointAndComplete(long seed) {
        RandomData data = new RandomData(seed);
        List<Integer> numbers = data.numbers();
        Rdd<Integer> rdd = session.parallelize(numbers, data.partitions());

        assertWhole(numbers, rdd.randomSplit(new double[] {0, 3, 1, 0, 2, 0}, seed));
        assertWhole(numbers, rdd.repartition(3).randomSplit(new double[] {1, 1}, seed));
        Rdd<Integer> shuffled =
                rdd.keyBy(each -> each).partitionBy(new HashPartitioner(3)).values();
        assertWhole(numbers, shuffled.randomSplit(new double[] {0.5, 0.3, 0.2}, seed));
    }

    private static void assertWhole(List<Integer> numbers, List<Rdd<Integer>> parts) {
        List<Integer> all = new ArrayList<>();
        parts.forEach(part -> {
            List<Integer> first = part.collect();
            assertThat(part.collect()).isEqualTo(first);
            all.addAll(first);
        });
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void splitsInTheProportionOfTheWeightsEqualRecordsToo() {
        List<Rdd<Integer>> parts = thousand().map(each -> 1).repartition(3).randomSplit(new double[] {8, 2}, 5);

        assertThat(parts.get(0).count()).isBetween(730L, 870L);
        assertThat(parts.get(1).count()).isEqualTo(1000 - parts.get(0).count());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void takesExactlyAsManyAsWereAskedFor(long seed) {
        RandomData data = new RandomData(seed);
        List<Integer> numbers = IntStream.range(0, data.size()).boxed().toList();
        Rdd<Integer> rdd = session.parallelize(numbers, data.partitions());
        int n = data.random().nextInt(150);

        List<Integer> without = rdd.takeSample(false, n, seed);
        List<Integer> with = rdd.takeSample(true, n, seed);

        assertThat(without).hasSize(Math.min(n, numbers.size())).doesNotHaveDuplicates();
        assertThat(numbers).containsAll(without);
        assertThat(with).hasSize(numbers.isEmpty() ? 0 : n);
        assertThat(numbers).containsAll(with);
        assertThat(rdd.takeSample(false, n, seed)).isEqualTo(without);
        assertThat(rdd.takeSample(true, n, seed)).isEqualTo(with);
    }

    @Test
    void takesEachRecordEquallyOften() {
        int[] without = new int[10];
        int[] with = new int[10];
        int[] first = new int[10];
        for (int round = 0; round < 3000; round++) {
            SplittableRandom random = new SplittableRandom(round);
            Draws.Exact selection = Draws.exactly(3, 10, false);
            Draws.Exact repetition = Draws.exactly(3, 10, true);
            long[] colours = new Draws.Urn(new long[] {1, 0, 4, 5}, false).draw(3, random);
            assertThat(colours[1]).isZero();
            assertThat(colours[0] + colours[2] + colours[3]).isEqualTo(3);
            first[0] += (int) colours[0];
            int taken = 0;
            int repeated = 0;
            for (int record = 0; record < 10; record++) {
                int one = selection.next(random);
                int more = repetition.next(random);
                taken += one;
                repeated += more;
                without[record] += one;
                with[record] += more;
            }
            assertThat(taken).isEqualTo(3);
            assertThat(repeated).isEqualTo(3);
        }

        assertThat(IntStream.of(without)).allSatisfy(count -> assertThat(count).isBetween(780, 1020));
        assertThat(IntStream.of(with)).allSatisfy(count -> assertThat(count).isBetween(780, 1020));
        assertThat(first[0]).isBetween(780, 1020);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void samplesEachKeyByItsFraction(long seed) {
        RandomData data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        PairRdd<Object, Object> rdd = session.parallelizePairs(pairs, data.partitions());
        Map<Object, Double> fractions = new HashMap<>();
        Map<Object, Long> counts = new HashMap<>();
        pairs.forEach(pair -> {
            counts.merge(pair.key(), 1L, Long::sum);
            fractions.computeIfAbsent(pair.key(), key -> data.random().nextInt(11) / 10.0);
        });

        PairRdd<Object, Object> exact = rdd.sampleByKeyExact(false, fractions, seed);
        Map<Object, Long> sampled = rdd.sampleByKey(false, fractions, seed).countByKey();

        Map<Object, Long> got = exact.countByKey();
        counts.forEach((key, count) -> {
            long wanted = (long) Math.ceil(fractions.get(key) * count);
            assertThat(got.getOrDefault(key, 0L)).isEqualTo(wanted);
            long some = sampled.getOrDefault(key, 0L);
            assertThat(some).isLessThanOrEqualTo(count);
            assertThat(fractions.get(key) > 0 || some == 0).isTrue();
            assertThat(fractions.get(key) < 1 || some == count).isTrue();
        });
        assertThat(exact.keys().collect()).isEqualTo(exact.keys().collect());
        assertThat(rdd.sampleByKeyExact(true, fractions, seed).count())
                .isEqualTo(got.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void namesTheKeyThatHasNoFraction() {
        PairRdd<String, Integer> pairs = session.parallelizePairs(List.of(Pair.of("a", 1), Pair.of("b", 2)), 2);

        assertThatThrownBy(() -> pairs.sampleByKeyExact(false, Map.of("a", 0.5)))
                .hasMessageContaining("no fraction for the key b");
        assertThatThrownBy(() -> pairs.sampleByKey(false, Map.of("a", 0.5)).count())
                .hasMessageContaining("no fraction for the key b");
    }

    @Test
    void refusesWhatNoSampleCanBe() {
        Rdd<Integer> rdd = thousand();
        assertThatThrownBy(() -> rdd.sample(false, 1.5)).hasMessageContaining("fraction of 1.5");
        assertThatThrownBy(() -> rdd.sample(true, -0.5)).hasMessageContaining("fraction of -0.5");
        assertThatThrownBy(() -> rdd.sample(true, Double.NaN)).hasMessageContaining("fraction of NaN");
        assertThatThrownBy(() -> rdd.takeSample(false, -1)).hasMessageContaining("-1 records");
        assertThatThrownBy(() -> rdd.randomSplit(new double[] {1, -1})).hasMessageContaining("weight of -1");
        assertThatThrownBy(() -> rdd.randomSplit(new double[] {0, 0})).hasMessageContaining("no weight above 0");
        assertThatThrownBy(() -> rdd.keyBy(each -> each).sampleByKey(false, Map.of(1, 2.0)))
                .hasMessageContaining("fraction of 2.0");
    }
}
