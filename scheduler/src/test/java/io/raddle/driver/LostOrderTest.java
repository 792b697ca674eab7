package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.config.Configuration;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What depends on the order of records is right, or fails with its cause, though an executor dies in the middle. */
class LostOrderTest {
    /** How many more records until an executor dies; below 0 when none shall. Of this JVM, which executors share. */
    private static final AtomicInteger FUSE = new AtomicInteger(-1);

    /** The executor that dies next. */
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private static volatile Optional<LocalSessions.Local> victim = Optional.empty();

    private LocalSessions.Local local;
    private Session session;

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed == null ? LongStream.range(0, 6) : LongStream.of(replayed);
    }

    @BeforeEach
    void start() {
        local = LocalSessions.start("test", 3, 1, Configuration.defaults(), List.of());
        local.host().install();
        session = Session.builder().build();
        victim = Optional.of(local);
        NEXT.set(1);
    }

    @AfterEach
    void end() {
        FUSE.set(-1);
        session.close();
        local.close();
    }

    private static <T> T burn(T record) {
        if (FUSE.get() >= 0 && FUSE.getAndDecrement() == 0) {
            victim.ifPresent(host -> host.cluster().kill(new ExecutorId(NEXT.getAndIncrement())));
        }
        return record;
    }

    /** Runs with an executor that dies after some records; what was handed out and would differ may be asked for again. */
    private static <T> T killing(Random random, int records, Supplier<T> action) {
        FUSE.set(random.nextInt(records));
        try {
            T result = action.get();
            assertThat(FUSE).as("records until an executor dies").hasNegativeValue();
            return result;
        } catch (RaddleException e) {
            assertThat(e.fault()).isInstanceOf(Cause.ResultsDiffer.class);
            FUSE.set(-1);
            return action.get();
        }
    }

    private static List<Integer> numbers(Random random) {
        return IntStream.range(0, 200).map(each -> random.nextInt(60)).boxed().toList();
    }

    private Rdd<Integer> shuffled(List<Integer> numbers) {
        return session.parallelize(numbers, 5)
                .keyBy(each -> each)
                .partitionBy(new HashPartitioner(4))
                .values()
                .map(each -> burn(each));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void numbersRecordsWithoutGapsAndTwice(long seed) {
        Random random = new Random(seed);
        List<Integer> numbers = numbers(random);
        PairRdd<Integer, Long> indexed = session.parallelize(numbers, 5)
                .map(each -> burn(each))
                .repartition(4)
                .map(each -> burn(each))
                .zipWithIndex()
                .mapValues(each -> burn(each));

        List<Pair<Integer, Long>> all = killing(random, 400, indexed::collect);

        assertThat(all.stream().map(Pair::key)).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(all.stream().map(Pair::value))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 200).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsNumbersOnceTheyAreGivenBehindAnotherShuffle(long seed) {
        Random random = new Random(seed);
        List<Integer> numbers = numbers(random);
        PairRdd<Integer, Long> numbered = shuffled(numbers).zipWithUniqueId();

        List<Pair<Long, Integer>> all = killing(
                random,
                400,
                () -> numbered.mapToPair(pair -> Pair.of(pair.value(), burn(pair.key())))
                        .partitionBy(new HashPartitioner(3))
                        .mapValues(each -> burn(each))
                        .collect());

        assertThat(all.stream().map(Pair::value)).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(all.stream().map(Pair::key)).doesNotHaveDuplicates().hasSize(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitsWithoutLossThoughPartsAreComputedApart(long seed) {
        Random random = new Random(seed);
        List<Integer> numbers = numbers(random);
        List<Integer> all = new ArrayList<>();

        for (Rdd<Integer> part : shuffled(numbers).randomSplit(new double[] {2, 1, 1}, seed)) {
            all.addAll(killing(random, 200, part::collect));
        }

        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesAsManyAsItCounted(long seed) {
        Random random = new Random(seed);
        List<Integer> numbers = numbers(random);
        Map<Integer, Double> fractions = new HashMap<>();
        numbers.forEach(each -> fractions.put(each, 0.5));
        Map<Integer, Long> counts = new HashMap<>();
        numbers.forEach(each -> counts.merge(each, 1L, Long::sum));
        counts.replaceAll((key, count) -> (count + 1) / 2);

        List<Integer> sample = killing(random, 400, () -> shuffled(numbers).takeSample(false, 70, seed));
        Map<Integer, Long> exact = killing(
                random,
                400,
                () -> shuffled(numbers)
                        .keyBy(each -> each)
                        .sampleByKeyExact(false, fractions, seed)
                        .mapValues(each -> burn(each))
                        .countByKey());

        assertThat(sample).hasSize(70);
        assertThat(exact).isEqualTo(counts);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pairsEachWithEach(long seed) {
        Random random = new Random(seed);
        List<Integer> numbers = numbers(random).subList(0, 40);
        List<Pair<Integer, Integer>> product = new ArrayList<>();
        numbers.forEach(one -> numbers.forEach(other -> product.add(Pair.of(one, other))));

        assertThat(killing(
                        random,
                        100,
                        () -> shuffled(numbers).cartesian(shuffled(numbers)).collect()))
                .containsExactlyInAnyOrderElementsOf(product);
    }
}
