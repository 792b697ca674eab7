package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations over two Rdds and more give what plain collections give. */
class TogetherOracleTest {
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
    void pairsEachWithEach(long seed) {
        data = new RandomData(seed);
        List<Object> left = data.values();
        List<Object> right = data.values();
        Rdd<Object> lefts = rdd(left);
        Rdd<Object> rights = rdd(right);
        List<Pair<Object, Object>> expected = new ArrayList<>();
        List<List<Object>> rightParts = rights.glom().collect();
        for (List<Object> leftPart : lefts.glom().collect()) {
            for (List<Object> rightPart : rightParts) {
                leftPart.forEach(one -> rightPart.forEach(other -> expected.add(Pair.of(one, other))));
            }
        }

        PairRdd<Object, Object> product = lefts.cartesian(rights);

        assertThat(product.getNumPartitions()).isEqualTo(lefts.getNumPartitions() * rights.getNumPartitions());
        assertThat(product.collect()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void pairsEachWithEachBehindAShuffleToo(long seed) {
        data = new RandomData(seed);
        List<Integer> left = data.numbers();
        List<Integer> right = data.numbers();
        List<Pair<Integer, Integer>> expected = new ArrayList<>();
        new HashSet<>(left).forEach(one -> right.forEach(other -> expected.add(Pair.of(one, other))));

        assertThat(rdd(left).distinct(3).cartesian(rdd(right).repartition(2)).collect())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void pairsARddWithItself(long seed) {
        data = new RandomData(seed);
        List<Integer> numbers = data.numbers();
        Rdd<Integer> rdd = rdd(numbers);
        List<Pair<Integer, Integer>> zipped =
                numbers.stream().map(each -> Pair.of(each, each * 2)).toList();

        assertThat(rdd.zip(rdd.map(each -> each * 2)).collect()).isEqualTo(zipped);
        assertThat(rdd.cartesian(rdd).count()).isEqualTo((long) numbers.size() * numbers.size());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void takesPartitionsTogether(long seed) {
        data = new RandomData(seed);
        int partitions = data.partitions();
        Rdd<Object> one = session.parallelize(data.values(), partitions);
        Rdd<Object> two = session.parallelize(data.values(), partitions);
        Rdd<Object> three = session.parallelize(data.values(), partitions);
        Rdd<Object> four = session.parallelize(data.values(), partitions);
        List<String> twos = new ArrayList<>();
        List<String> threes = new ArrayList<>();
        List<String> fours = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            String first = of(one, partition) + of(two, partition);
            twos.add(first);
            threes.add(first + of(three, partition));
            fours.add(first + of(three, partition) + of(four, partition));
        }

        assertThat(one.zipPartitions(two, (a, b) -> List.of(all(a) + all(b)).iterator())
                        .collect())
                .isEqualTo(twos);
        assertThat(one.zipPartitions(
                                two,
                                three,
                                (a, b, c) -> List.of(all(a) + all(b) + all(c)).iterator())
                        .collect())
                .isEqualTo(threes);
        assertThat(one.zipPartitions(
                                two,
                                three,
                                four,
                                (a, b, c, d) -> List.of(all(a) + all(b) + all(c) + all(d))
                                        .iterator())
                        .collect())
                .isEqualTo(fours);
    }

    private static String of(Rdd<Object> rdd, int partition) {
        return all(rdd.collectPartitions(partition).get(0).iterator());
    }

    private static String all(Iterator<Object> records) {
        List<Object> list = new ArrayList<>();
        records.forEachRemaining(list::add);
        return list.toString();
    }

    @Test
    void refusesToZipOtherNumbersOfPartitionsAndNamesBoth() {
        Rdd<Integer> three = session.parallelize(List.of(1, 2, 3), 3);
        Rdd<Integer> four = session.parallelize(List.of(1, 2, 3), 4);

        assertThatThrownBy(() -> three.zip(four))
                .hasMessageContaining("zip at TogetherOracleTest.java")
                .hasMessageContaining("3 partitions")
                .hasMessageContaining("another 4")
                .hasMessageContaining("zipWithIndex");
    }

    @Test
    void refusesToZipOtherNumbersOfRecordsAndNamesThePartition() {
        Rdd<Integer> few = session.parallelize(List.of(1, 2, 3, 4), 2);
        Rdd<Integer> more = session.parallelize(List.of(1, 2, 3, 4, 5), 2);

        assertThatThrownBy(() -> few.zip(more).count())
                .hasMessageContaining("partition 1")
                .hasMessageContaining("left side ends after 2 records");
        assertThatThrownBy(() -> more.zip(few).count()).hasMessageContaining("right side ends after 2 records");
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void numbersRecordsByTheirPlaces(long seed) {
        data = new RandomData(seed);
        List<Object> values = data.values();
        Rdd<Object> rdd = rdd(values);
        List<Pair<Object, Long>> unique = new ArrayList<>();
        List<List<Object>> parts = rdd.glom().collect();
        for (int partition = 0; partition < parts.size(); partition++) {
            for (int k = 0; k < parts.get(partition).size(); k++) {
                unique.add(Pair.of(parts.get(partition).get(k), (long) k * parts.size() + partition));
            }
        }

        assertThat(rdd.zipWithUniqueId().collect()).isEqualTo(unique);
        assertThat(rdd.zipWithIndex().values().collect())
                .isEqualTo(LongStream.range(0, values.size()).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void keepsWhatBothHaveAndWhatTheOtherLacks(long seed) {
        data = new RandomData(seed);
        List<Object> left = data.values();
        List<Object> right = new ArrayList<>(data.values());
        left.stream().limit(3).forEach(right::add);
        Set<Object> both = new LinkedHashSet<>(left);
        both.retainAll(right);
        List<Object> onlyLeft =
                left.stream().filter(each -> !right.contains(each)).toList();

        assertThat(rdd(left).intersection(rdd(right)).collect()).containsExactlyInAnyOrderElementsOf(both);
        assertThat(rdd(left).intersection(rdd(right), 3).getNumPartitions()).isEqualTo(3);
        assertThat(rdd(left).intersection(rdd(right), new HashPartitioner(2)).collect())
                .containsExactlyInAnyOrderElementsOf(both);
        assertThat(rdd(left).subtract(rdd(right)).collect()).containsExactlyInAnyOrderElementsOf(onlyLeft);
        assertThat(rdd(left).subtract(rdd(right), 3).getNumPartitions()).isEqualTo(3);
        assertThat(rdd(left).subtract(rdd(right), new HashPartitioner(2)).collect())
                .containsExactlyInAnyOrderElementsOf(onlyLeft);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void unitesWhatOnePartitionerPlacedWithoutLosingIt(long seed) {
        data = new RandomData(seed);
        HashPartitioner partitioner = new HashPartitioner(data.partitions());
        List<Pair<Object, Object>> left = data.pairs();
        List<Pair<Object, Object>> right = data.pairs();
        List<Pair<Object, Object>> all = new ArrayList<>(left);
        all.addAll(right);
        PairRdd<Object, Object> lefts = session.parallelizePairs(left, 3).partitionBy(partitioner);
        PairRdd<Object, Object> rights = session.parallelizePairs(right, 2).partitionBy(partitioner);

        PairRdd<Object, Object> placed = lefts.union(rights);
        PairRdd<Object, Object> ofThree = session.union(lefts, rights, lefts);

        assertThat(placed.partitioner()).contains(partitioner);
        assertThat(placed.getNumPartitions()).isEqualTo(partitioner.partitions());
        assertThat(placed.collect()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(placed.countByKey())
                .isEqualTo(session.parallelizePairs(all, 4).countByKey());
        assertThat(ofThree.partitioner()).contains(partitioner);
        assertThat(ofThree.count()).isEqualTo(all.size() + left.size());
        assertThat(lefts.union(session.parallelizePairs(right, 2)).partitioner())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void coalescesWithAndWithoutAShuffle(long seed) {
        data = new RandomData(seed);
        List<Object> values = data.values();

        assertThat(rdd(values).coalesce(20, true).getNumPartitions()).isEqualTo(20);
        assertThat(rdd(values).coalesce(20, true).collect()).containsExactlyInAnyOrderElementsOf(values);
        assertThat(rdd(values).coalesce(2, false).collect()).isEqualTo(values);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void sortsInTheOrderOfAComparator(long seed) {
        data = new RandomData(seed);
        List<Integer> numbers = data.numbers();
        List<Integer> upwards = numbers.stream().sorted().toList();
        List<Integer> downwards =
                numbers.stream().sorted(java.util.Comparator.reverseOrder()).toList();

        assertThat(rdd(numbers).sortBy(each -> each, false).collect()).isEqualTo(downwards);
        assertThat(rdd(numbers)
                        .sortBy(each -> "" + each, TogetherOracleTest::asNumbers, true, 3)
                        .collect())
                .isEqualTo(upwards);
        assertThat(rdd(numbers)
                        .groupBy(each -> each % 3, new HashPartitioner(2))
                        .mapValues(TogetherOracleTest::sum)
                        .values()
                        .fold(0, Integer::sum))
                .isEqualTo(numbers.stream().mapToInt(Integer::intValue).sum());
    }

    private static int asNumbers(String left, String right) {
        return Integer.compare(Integer.parseInt(left), Integer.parseInt(right));
    }

    private static int sum(Iterable<Integer> values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
