package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.SerializableComparator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Actions give what plain collections give, and refuse what they cannot do. */
class ActionOracleTest {
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

    private <T> Rdd<T> rdd(List<T> records) {
        return session.parallelize(records, data.partitions());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void iteratesPartitionByPartition(long seed) {
        data = new RandomData(seed);
        List<Object> values = data.values();
        Rdd<Object> rdd = rdd(values);
        List<Object> iterated = new ArrayList<>();

        rdd.toLocalIterator().forEachRemaining(iterated::add);

        assertThat(iterated).isEqualTo(values);
        int last = rdd.getNumPartitions() - 1;
        List<List<Object>> parts = rdd.glom().collect();
        assertThat(rdd.collectPartitions(last, 0)).isEqualTo(List.of(parts.get(last), parts.get(0)));
        assertThat(rdd.collectPartitions()).isEmpty();
    }

    @Test
    void computesNoPartitionOfAnIteratorBeforeItIsAskedFor() {
        Iterator<Integer> iterator =
                session.parallelize(List.of(6, 0), 2).map(each -> 6 / each).toLocalIterator();

        assertThat(iterator.next()).isOne();
        assertThatThrownBy(iterator::hasNext).hasMessageContaining("by zero");
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void foldsOverTrees(long seed) {
        data = new RandomData(seed);
        List<Integer> numbers = data.numbers();
        long sum = numbers.stream().mapToLong(Integer::longValue).sum();
        Rdd<Integer> rdd = session.parallelize(numbers, 1 + data.random().nextInt(40));

        for (int depth = 1; depth < 4; depth++) {
            assertThat(rdd.treeAggregate(0L, (all, each) -> all + each, Long::sum, depth))
                    .isEqualTo(sum);
            assertThat(rdd.treeAggregate(0L, (all, each) -> all + each, Long::sum, depth, true))
                    .isEqualTo(sum);
        }
        assertThat(rdd.treeAggregate(new ArrayList<Integer>(), ActionOracleTest::with, ActionOracleTest::withAll))
                .containsExactlyInAnyOrderElementsOf(numbers);
        if (numbers.isEmpty()) {
            assertThatThrownBy(() -> rdd.treeReduce(Integer::sum)).hasMessageContaining("no record");
        } else {
            assertThat(rdd.treeReduce(Integer::max)).isEqualTo(java.util.Collections.max(numbers));
            assertThat(rdd.treeReduce(Integer::sum, 3)).isEqualTo((int) sum);
            assertThat(rdd.max()).isEqualTo(java.util.Collections.max(numbers));
            assertThat(rdd.min()).isEqualTo(java.util.Collections.min(numbers));
        }
    }

    private static ArrayList<Integer> with(ArrayList<Integer> list, Integer value) {
        list.add(value);
        return list;
    }

    private static ArrayList<Integer> withAll(ArrayList<Integer> list, ArrayList<Integer> others) {
        list.addAll(others);
        return list;
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void countsValues(long seed) {
        data = new RandomData(seed);
        List<Object> values = data.values();
        Map<Object, Long> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));

        assertThat(rdd(values).countByValue()).isEqualTo(counts);
        Map<Object, Estimate> exact = rdd(values).countByValueApprox(60_000);
        assertThat(exact.keySet()).isEqualTo(counts.keySet());
        exact.forEach((value, estimate) -> assertThat(estimate)
                .isEqualTo(new Estimate(counts.get(value), 1, counts.get(value), counts.get(value))));
        assertThat(rdd(values).countApprox(60_000)).isEqualTo(Estimate.exactly(values.size()));
        assertThat((double) rdd(values).countApproxDistinct(0.01))
                .isBetween(counts.size() * 0.95 - 1, counts.size() * 1.05 + 1);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void takesTheLeastWithNullsWhereTheComparatorTakesThem(long seed) {
        data = new RandomData(seed);
        List<Object> values = data.values();
        int n = data.random().nextInt(30);
        List<String> least =
                values.stream().map(String::valueOf).sorted().limit(n).toList();

        assertThat(
                        rdd(values)
                                .takeOrdered(
                                        n, (left, right) -> String.valueOf(left).compareTo(String.valueOf(right)))
                                .stream()
                                .map(String::valueOf)
                                .toList())
                .isEqualTo(least);
        List<Integer> numbers = data.numbers();
        assertThat(rdd(numbers).top(n))
                .isEqualTo(numbers.stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(n)
                        .toList());
    }

    @Test
    void takesTheOrdersThatFactoriesMake() {
        Rdd<String> words = rdd(List.of("weave", "yarn", "comb", "warp", "loom"));
        SerializableComparator<String> byLength = SerializableComparator.comparing(String::length);

        assertThat(words.max(SerializableComparator.naturalOrder())).isEqualTo("yarn");
        assertThat(words.top(2, SerializableComparator.reverseOrder())).containsExactly("comb", "loom");
        assertThat(words.takeOrdered(3, byLength.reversed().thenComparing(word -> word)))
                .containsExactly("weave", "comb", "loom");
    }

    @Test
    void givesListsThatCanBeChangedHoweverManyAreAskedFor() {
        List<Integer> none = rdd(List.of(3, 1, 2)).top(0);
        none.add(4);
        assertThat(none).containsExactly(4);
    }

    @Test
    void makesRangesInExecutors() {
        assertThat(session.range(3, 10).collect())
                .isEqualTo(LongStream.range(3, 10).boxed().toList());
        assertThat(session.range(0, 10, 3, 4).collect()).containsExactly(0L, 3L, 6L, 9L);
        assertThat(session.range(10, 0, -4, 2).collect()).containsExactly(10L, 6L, 2L);
        assertThat(session.range(5, 5, 1, 3).isEmpty()).isTrue();
        assertThat(session.range(5, 1, 1, 3).isEmpty()).isTrue();
        assertThat(session.range(0, 100_000, 1, 3).count()).isEqualTo(100_000);
        assertThat(session.range(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 2)
                        .collect())
                .containsExactly(Long.MIN_VALUE, -1L, Long.MAX_VALUE - 1);
        assertThatThrownBy(() -> session.range(0, 1, 0, 1)).hasMessageContaining("steps of 0");
        assertThatThrownBy(() -> session.range(0, 1, 1, 0)).hasMessageContaining("0 partitions");
    }

    @Test
    void tellsWhatItIs() {
        Rdd<Integer> rdd = session.parallelize(List.of(1, 2, 3), 2).setName("numbers");

        assertThat(rdd.partitions()).containsExactly(new Partition(0, List.of()), new Partition(1, List.of()));
        assertThat(rdd.id()).isNotEqualTo(rdd.map(each -> each).id());
        assertThat(rdd.name()).contains("numbers");
        assertThat(rdd.partitioner()).isEmpty();
        assertThat(rdd.zip(rdd).toDebugString())
                .contains("zip at ActionOracleTest.java")
                .contains("parallelize");
        assertThat(rdd.mapPartitions(records -> records, true).collect()).containsExactly(1, 2, 3);
    }

    @Test
    void keepsThePartitionerWhereTheProgramSaysSo() {
        var partitioner = new io.raddle.function.HashPartitioner(2);
        PairRdd<Integer, Integer> placed =
                session.parallelize(List.of(1, 2, 3), 2).keyBy(each -> each).partitionBy(partitioner);

        assertThat(placed.mapPartitionsToPair(records -> records, true).partitioner())
                .contains(partitioner);
        assertThat(placed.mapPartitionsToPair(records -> records, false).partitioner())
                .isEmpty();
        assertThat(placed.mapPartitionsWithIndex((index, records) -> records, true)
                        .partitioner())
                .contains(partitioner);
        assertThat(placed.mapPartitionsToDouble(records -> List.of(1.0).iterator(), true)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void estimatesManyDifferentRecords() {
        for (int count : new int[] {0, 1, 100, 5_000, 60_000}) {
            double about = session.range(0, count, 1, 3).map(each -> each * 7).countApproxDistinct(0.02);
            assertThat(about).isBetween(count * 0.93, count * 1.07);
        }
        assertThatThrownBy(() -> session.range(0, 3).countApproxDistinct(0)).hasMessageContaining("deviation of 0");
        assertThatThrownBy(() -> session.range(0, 3).countApproxDistinct(0.0001))
                .hasMessageContaining("0.0003 or more");
    }

    @Test
    void refusesNegativeNumbersOfRecords() {
        Rdd<Integer> rdd = session.parallelize(List.of(1, 2, 3), 2);
        assertThatThrownBy(() -> rdd.take(-1)).hasMessageContaining("-1 records");
        assertThatThrownBy(() -> rdd.takeOrdered(-2)).hasMessageContaining("-2 records");
        assertThatThrownBy(() -> rdd.top(-3)).hasMessageContaining("-3 records");
        assertThatThrownBy(() -> rdd.collectPartitions(2))
                .hasMessageContaining("Partition 2")
                .hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> rdd.treeReduce(Integer::sum, 0)).hasMessageContaining("depth 0");
        assertThatThrownBy(() -> rdd.countApprox(-1)).hasMessageContaining("-1 milliseconds");
        assertThatThrownBy(() -> rdd.countApprox(1, 1.0)).hasMessageContaining("confidence of 1.0");
    }

    @Test
    void refusesWhatHasNoOrderWithTheFix() {
        Rdd<Object> mixed = session.parallelize(List.<Object>of(1, "a", 2), 1);
        assertThatThrownBy(() -> mixed.max()).hasMessageContaining("cannot be compared");
        List<Integer> withNull = new ArrayList<>(List.of(1));
        withNull.add(null);
        assertThatThrownBy(() -> session.parallelize(withNull, 1).takeOrdered(2))
                .hasMessageContaining("Null has no natural order")
                .hasMessageContaining("takes nulls");
        assertThatThrownBy(() -> session.parallelize(List.of(java.util.Optional.of(1), java.util.Optional.of(2)), 1)
                        .min())
                .hasMessageContaining("java.util.Optional is not Comparable");
    }

    @Test
    void tellsAComparatorThatContradictsItself() {
        List<Integer> numbers = IntStream.range(0, 3000).boxed().toList();
        assertThatThrownBy(() -> session.parallelize(numbers, 1)
                        .takeOrdered(3000, (left, right) -> left % 7 < right % 5 ? 1 : -1))
                .hasMessageContaining("contradicts itself");
        assertThatThrownBy(() -> session.parallelize(numbers, 2)
                        .keyBy(each -> each)
                        .sortByKey((left, right) -> left % 7 < right % 5 ? 1 : -1, true, 2)
                        .count())
                .hasMessageContaining("contradicts itself");
    }

    @Test
    void tellsAComparatorThatThrows() {
        assertThatThrownBy(() -> session.parallelize(List.of(3, 2, 1), 1).takeOrdered(2, (left, right) -> {
                    throw new IllegalStateException("no order today");
                }))
                .hasMessageContaining("no order today");
    }

    @Test
    void refusesKeysWhoseHashSaysNothing() {
        Rdd<byte[]> arrays = session.parallelize(List.of(new byte[] {1}, new byte[] {2}), 1);
        assertThatThrownBy(() -> arrays.countByValue()).hasMessageContaining("byte[]");
        assertThatThrownBy(() -> arrays.countByValueApprox(60_000)).hasMessageContaining("byte[]");
        assertThatThrownBy(() -> arrays.keyBy(each -> each).reduceByKeyLocally((left, right) -> left))
                .hasMessageContaining("ByteBuffer");
        assertThat(new HashSet<>(session.parallelize(List.of(RandomData.Colour.values()), 3)
                        .countByValue()
                        .values()))
                .containsExactly(1L);
    }
}
