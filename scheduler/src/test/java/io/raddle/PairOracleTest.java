package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations over pairs give what plain collections give, nulls, records and texts of any kind as keys and values. */
class PairOracleTest {
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

    private <K, V> PairRdd<K, V> rdd(List<Pair<K, V>> pairs) {
        return session.parallelizePairs(pairs, data.partitions());
    }

    private Partitioner anyPartitioner() {
        return new HashPartitioner(data.partitions());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void foldsValuesWhereverTheKeysAreToGo(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        Map<Object, Long> counts = new HashMap<>();
        pairs.forEach(pair -> counts.merge(pair.key(), 1L, Long::sum));
        PairRdd<Object, Long> ones = rdd(pairs).mapValues(value -> 1L);
        Partitioner partitioner = anyPartitioner();

        for (PairRdd<Object, Long> folded : List.of(
                ones.foldByKey(0L, Long::sum),
                ones.foldByKey(0L, 3, Long::sum),
                ones.foldByKey(0L, partitioner, Long::sum),
                ones.aggregateByKey(0L, Long::sum, Long::sum),
                ones.aggregateByKey(0L, 3, Long::sum, Long::sum),
                ones.aggregateByKey(0L, partitioner, Long::sum, Long::sum),
                ones.combineByKey(one -> one, Long::sum, Long::sum),
                ones.combineByKey(one -> one, Long::sum, Long::sum, 3),
                ones.combineByKey(one -> one, Long::sum, Long::sum, partitioner),
                ones.reduceByKey(partitioner, Long::sum))) {
            assertThat(folded.collectAsMap()).isEqualTo(counts);
        }
        assertThat(ones.foldByKey(0L, partitioner, Long::sum).partitioner()).contains(partitioner);
        assertThat(ones.reduceByKeyLocally(Long::sum)).isEqualTo(counts);
        assertThat(rdd(pairs).countByKey()).isEqualTo(counts);
        assertThat(rdd(pairs).keys().countByValue()).isEqualTo(counts);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void keepsNullValuesWhereSparkDoes(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        Map<Object, Set<Object>> groups = new HashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.key(), key -> new HashSet<>()).add(pair.value()));

        Map<Object, Object> either =
                rdd(pairs).reduceByKey((left, right) -> left).collectAsMap();

        assertThat(either.keySet()).isEqualTo(groups.keySet());
        either.forEach((key, value) -> assertThat(groups.get(key)).contains(value));
        assertThat(rdd(pairs).mapValues(value -> null).values().collect())
                .isEqualTo(new ArrayList<>(java.util.Collections.nCopies(pairs.size(), null)));
        rdd(pairs).groupByKey(3).collect().forEach(group -> {
            Set<Object> values = new HashSet<>();
            group.value().forEach(values::add);
            assertThat(values).isEqualTo(groups.get(group.key()));
        });
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void takesKeysAndValuesApart(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();

        assertThat(rdd(pairs).keys().collect())
                .isEqualTo(pairs.stream().map(Pair::key).toList());
        assertThat(rdd(pairs).values().collect())
                .isEqualTo(pairs.stream().map(Pair::value).toList());
        assertThat(rdd(pairs)
                        .flatMapValues(value -> Arrays.asList(value, value).iterator())
                        .collect())
                .isEqualTo(pairs.stream()
                        .flatMap(pair -> List.of(pair, pair).stream())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void groupsThreeAndFour(long seed) {
        data = new RandomData(seed);
        List<List<Pair<Object, Object>>> sides = List.of(data.pairs(), data.pairs(), data.pairs(), data.pairs());
        List<PairRdd<Object, Object>> rdds = sides.stream().map(this::rdd).toList();

        PairRdd<Object, Grouped3<Object, Object, Object>> three = rdds.get(0).cogroup(rdds.get(1), rdds.get(2), 3);
        PairRdd<Object, Grouped4<Object, Object, Object, Object>> four =
                rdds.get(0).groupWith(rdds.get(1), rdds.get(2), rdds.get(3));

        assertThat(three.keys().collect()).containsExactlyInAnyOrderElementsOf(keys(sides.subList(0, 3)));
        assertThat(four.keys().collect()).containsExactlyInAnyOrderElementsOf(keys(sides));
        three.collect().forEach(group -> {
            same(group.value().first(), sides.get(0), group.key());
            same(group.value().second(), sides.get(1), group.key());
            same(group.value().third(), sides.get(2), group.key());
        });
        four.collect().forEach(group -> {
            same(group.value().first(), sides.get(0), group.key());
            same(group.value().second(), sides.get(1), group.key());
            same(group.value().third(), sides.get(2), group.key());
            same(group.value().fourth(), sides.get(3), group.key());
        });
    }

    private static Set<Object> keys(List<List<Pair<Object, Object>>> sides) {
        Set<Object> keys = new HashSet<>();
        sides.forEach(side -> side.forEach(pair -> keys.add(pair.key())));
        return keys;
    }

    private static void same(Iterable<Object> values, List<Pair<Object, Object>> side, Object key) {
        assertThat(values)
                .containsExactlyInAnyOrderElementsOf(side.stream()
                        .filter(pair -> Objects.equals(pair.key(), key))
                        .map(Pair::value)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void joinsAsNestedLoopsDoOverAnyPartitions(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> left = data.pairs();
        List<Pair<Object, Object>> right = data.pairs();
        List<Object> inner = new ArrayList<>();
        List<Object> outer = new ArrayList<>();
        for (Pair<Object, Object> one : left) {
            List<Object> others = right.stream()
                    .filter(other -> Objects.equals(other.key(), one.key()))
                    .map(Pair::value)
                    .toList();
            others.forEach(other -> inner.add(Arrays.asList(one.key(), one.value(), other)));
            if (others.isEmpty()) {
                outer.add(Arrays.asList(one.key(), one.value()));
            }
        }
        Partitioner partitioner = anyPartitioner();

        for (PairRdd<Object, Joined<Object, Object>> joined : List.of(
                rdd(left).join(rdd(right)),
                rdd(left).join(rdd(right), 3),
                rdd(left).join(rdd(right), partitioner))) {
            assertThat(joined.map(each -> (Object) Arrays.asList(
                                    each.key(),
                                    each.value().left(),
                                    each.value().right()))
                            .collect())
                    .containsExactlyInAnyOrderElementsOf(inner);
        }
        // A value that is null and one that is not there look alike in an Optional, as in Spark.
        assertThat(rdd(left).leftOuterJoin(rdd(right), 3).count()).isEqualTo(inner.size() + outer.size());
        assertThat(rdd(right).rightOuterJoin(rdd(left), 3).count()).isEqualTo(inner.size() + outer.size());
        assertThat(rdd(left).fullOuterJoin(rdd(right), 3).count())
                .isEqualTo(rdd(left).fullOuterJoin(rdd(right)).count());
        assertThat(rdd(left)
                        .subtractByKey(rdd(right))
                        .map(pair -> (Object) Arrays.asList(pair.key(), pair.value()))
                        .collect())
                .containsExactlyInAnyOrderElementsOf(outer);
        assertThat(rdd(left).subtractByKey(rdd(right), 3).count()).isEqualTo(outer.size());
        assertThat(rdd(left).subtractByKey(rdd(right), partitioner).partitioner())
                .contains(partitioner);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void placesAndSortsWithinPartitions(long seed) {
        data = new RandomData(seed);
        List<Pair<Integer, Integer>> pairs =
                data.numbers().stream().map(each -> Pair.of(each, -each)).toList();
        Partitioner partitioner = anyPartitioner();

        List<List<Pair<Integer, Integer>>> up = rdd(pairs)
                .repartitionAndSortWithinPartitions(partitioner)
                .glom()
                .collect();
        List<List<Pair<Integer, Integer>>> down = rdd(pairs)
                .repartitionAndSortWithinPartitions(partitioner, (left, right) -> Integer.compare(right, left))
                .glom()
                .collect();

        for (int partition = 0; partition < partitioner.partitions(); partition++) {
            int number = partition;
            List<Pair<Integer, Integer>> here = pairs.stream()
                    .filter(pair -> partitioner.partition(pair.key()) == number)
                    .sorted(Comparator.comparing(Pair::key))
                    .toList();
            assertThat(up.get(partition)).isEqualTo(here);
            assertThat(down.get(partition))
                    .isEqualTo(here.stream()
                            .sorted(Comparator.comparing(Pair::value))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void keepsARangeOfKeys(long seed) {
        data = new RandomData(seed);
        List<Pair<Integer, Integer>> pairs =
                data.numbers().stream().map(each -> Pair.of(each, -each)).toList();
        int lower = data.random().nextInt(10);
        int upper = lower + data.random().nextInt(5000) - 1;
        List<Pair<Integer, Integer>> within = pairs.stream()
                .filter(pair -> pair.key() >= lower && pair.key() <= upper)
                .sorted(Comparator.comparing(Pair::key))
                .toList();
        PairRdd<Integer, Integer> sorted = rdd(pairs).sortByKey(true, 5);

        PairRdd<Integer, Integer> pruned = sorted.filterByRange(lower, upper);

        assertThat(rdd(pairs).filterByRange(lower, upper).collect()).containsExactlyInAnyOrderElementsOf(within);
        assertThat(pruned.collect()).isEqualTo(within);
        assertThat(pruned.getNumPartitions()).isLessThanOrEqualTo(sorted.getNumPartitions());
        assertThat(rdd(pairs).sortByKey(false, 5).filterByRange(lower, upper).collect())
                .containsExactlyInAnyOrderElementsOf(within);
        assertThat(sorted.filterByRange(3, 3).getNumPartitions()).isEqualTo(Math.min(1, sorted.getNumPartitions()));
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void sortsByAComparatorOfKeys(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        List<String> texts =
                pairs.stream().map(pair -> String.valueOf(pair.key())).sorted().toList();

        assertThat(rdd(pairs)
                        .sortByKey((left, right) -> String.valueOf(left).compareTo(String.valueOf(right)))
                        .keys()
                        .map(String::valueOf)
                        .collect())
                .isEqualTo(texts);
        assertThat(rdd(pairs)
                        .sortByKey((left, right) -> String.valueOf(left).compareTo(String.valueOf(right)), false)
                        .keys()
                        .map(String::valueOf)
                        .collect())
                .isEqualTo(texts.stream().sorted(Comparator.reverseOrder()).toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void staysPairsThroughWhatKeepsRecords(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        PairRdd<Object, Object> rdd = rdd(pairs);
        List<Object> all = pairs.stream().map(Pair::key).toList();

        assertThat(rdd.coalesce(1, false).keys().collect()).isEqualTo(all);
        assertThat(rdd.coalesce(3, true).keys().collect()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rdd.sample(false, 1).keys().collect()).isEqualTo(all);
        assertThat(rdd.intersection(rdd).keys().collect())
                .containsExactlyInAnyOrderElementsOf(
                        new HashSet<>(pairs).stream().map(Pair::key).toList());
        assertThat(rdd.subtract(rdd(pairs)).keys().collect()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void countsDifferentValuesOfEachKeyAbout(long seed) {
        data = new RandomData(seed);
        List<Pair<Object, Object>> pairs = data.pairs();
        Map<Object, Set<Object>> groups = new HashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.key(), key -> new HashSet<>()).add(pair.value()));

        Map<Object, Long> about = rdd(pairs).countApproxDistinctByKey(0.01).collectAsMap();

        assertThat(about.keySet()).isEqualTo(groups.keySet());
        about.forEach((key, count) -> assertThat((double) count)
                .isBetween(groups.get(key).size() * 0.95 - 1, groups.get(key).size() * 1.05 + 1));
        assertThat(rdd(pairs).countApproxDistinctByKey(0.05, 3).count()).isEqualTo(groups.size());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void carriesByteArraysAsValues(long seed) {
        data = new RandomData(seed);
        List<Pair<Integer, byte[]>> pairs = data.numbers().stream()
                .map(each -> Pair.of(each % 5, new byte[] {(byte) (int) each, 0}))
                .toList();

        assertThat(rdd(pairs)
                        .join(rdd(pairs), 3)
                        .filter(each ->
                                Arrays.equals(each.value().left(), each.value().right()))
                        .keys()
                        .distinct()
                        .collect())
                .containsExactlyInAnyOrderElementsOf(
                        new HashSet<>(pairs.stream().map(Pair::key).toList()));
        assertThat(rdd(pairs)
                        .leftOuterJoin(rdd(List.<Pair<Integer, byte[]>>of()))
                        .values()
                        .map(each -> each.right().map(bytes -> bytes.length))
                        .distinct()
                        .collect())
                .isEqualTo(pairs.isEmpty() ? List.of() : List.of(Optional.empty()));
    }
}
