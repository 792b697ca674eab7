package io.raddle;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation gives what plain collections give, in local mode, over seeds of many shapes. */
class RddOracleTest {
    private static Session session;

    private Random random = new Random(0);
    private List<Pair<String, Integer>> left = List.of();
    private List<Pair<String, Integer>> right = List.of();
    private List<Integer> numbers = List.of();

    @BeforeAll
    static void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private void shape(long seed) {
        random = new Random(seed);
        left = pairs();
        right = pairs();
        numbers = left.stream().map(Pair::value).collect(toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void mapsAndFilters(long seed) {
        shape(seed);

        assertThat(rdd(numbers).map(each -> each * 3).collect())
                .isEqualTo(numbers.stream().map(each -> each * 3).toList());
        assertThat(rdd(numbers).filter(each -> each % 2 == 0).collect())
                .isEqualTo(numbers.stream().filter(each -> each % 2 == 0).toList());
        assertThat(rdd(numbers).flatMap(each -> List.of(each, -each).iterator()).collect())
                .isEqualTo(numbers.stream()
                        .flatMap(each -> List.of(each, -each).stream())
                        .toList());
        assertThat(rdd(numbers).mapToPair(each -> Pair.of(each % 3, each)).collect())
                .isEqualTo(numbers.stream().map(each -> Pair.of(each % 3, each)).toList());
        assertThat(rdd(numbers)
                        .flatMapToPair(each -> List.of(Pair.of(each, 1)).iterator())
                        .keys()
                        .collect())
                .isEqualTo(numbers);
        assertThat(rdd(numbers).keyBy(each -> -each).values().collect()).isEqualTo(numbers);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void seesPartitionsWhole(long seed) {
        shape(seed);
        Rdd<Integer> rdd = rdd(numbers);

        List<List<Integer>> parts = rdd.glom().collect();

        assertThat(parts).hasSize(rdd.getNumPartitions());
        assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(numbers);
        assertThat(rdd.mapPartitions(records -> {
                            int size = 0;
                            for (; records.hasNext(); records.next()) {
                                size++;
                            }
                            return List.of(size).iterator();
                        })
                        .collect())
                .isEqualTo(parts.stream().map(List::size).toList());
        assertThat(rdd.mapPartitionsWithIndex((index, records) -> List.of(index).iterator())
                        .collect())
                .isEqualTo(IntStream.range(0, parts.size()).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void bringsRddsTogetherAndTakesThemApart(long seed) {
        shape(seed);
        List<Integer> others = right.stream().map(Pair::value).toList();
        List<Integer> both = concat(numbers, others);

        assertThat(rdd(numbers).union(rdd(others)).collect()).isEqualTo(both);
        assertThat(session.union(rdd(numbers), rdd(others), rdd(numbers)).collect())
                .isEqualTo(concat(both, numbers));
        assertThat(rdd(both).distinct().collect())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(new HashSet<>(both));
        Rdd<Integer> coalesced = rdd(both).coalesce(2);
        assertThat(coalesced.collect()).isEqualTo(both);
        assertThat(coalesced.getNumPartitions()).isLessThanOrEqualTo(2);
        assertThat(rdd(both).repartition(5).collect()).containsExactlyInAnyOrderElementsOf(both);
        assertThat(rdd(both).distinct().repartition(3).collect())
                .containsExactlyInAnyOrderElementsOf(new HashSet<>(both));
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void spreadsRecordsEvenly(long seed) {
        shape(seed);

        List<Integer> sizes = rdd(numbers).repartition(4).glom().map(List::size).collect();

        assertThat(sizes).hasSize(4);
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void spreadsRecordsBehindAShuffleEvenlyAndAlikeEachTime(long seed) {
        shape(seed);
        List<Integer> same = Collections.nCopies(200, 7);

        List<List<Integer>> first = spreadBehindAShuffle(numbers);
        List<Integer> sizes =
                spreadBehindAShuffle(same).stream().map(List::size).toList();

        assertThat(spreadBehindAShuffle(numbers)).isEqualTo(first);
        assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(8);
    }

    /** Each partition sorted. */
    private List<List<Integer>> spreadBehindAShuffle(List<Integer> records) {
        return rdd(records)
                .keyBy(number -> number % 3)
                .partitionBy(new io.raddle.function.HashPartitioner(3))
                .values()
                .repartition(4)
                .glom()
                .map(partition -> partition.stream().sorted().toList())
                .collect();
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void foldsTheValuesOfEachKey(long seed) {
        shape(seed);
        Map<String, Integer> sums = fold(left, Integer::sum);

        assertThat(pairs(left).reduceByKey(Integer::sum).collectAsMap()).isEqualTo(sums);
        assertThat(pairs(left).reduceByKey(Integer::sum, 5).collectAsMap()).isEqualTo(sums);
        assertThat(pairs(left).foldByKey(0, Integer::sum).collectAsMap()).isEqualTo(sums);
        assertThat(pairs(left)
                        .aggregateByKey(new ArrayList<Integer>(), RddOracleTest::with, RddOracleTest::withAll)
                        .mapValues(values ->
                                values.stream().mapToInt(Integer::intValue).sum())
                        .collectAsMap())
                .isEqualTo(sums);
        assertThat(pairs(left)
                        .combineByKey(value -> (long) value, (sum, value) -> sum + value, Long::sum)
                        .mapValues(Long::intValue)
                        .collectAsMap())
                .isEqualTo(sums);
        assertThat(pairs(left).countByKey()).isEqualTo(left.stream().collect(groupingBy(Pair::key, counting())));
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void groupsTheValuesOfEachKey(long seed) {
        shape(seed);
        Map<String, List<Integer>> groups = groups(left);

        assertThat(sorted(pairs(left).groupByKey())).isEqualTo(groups);
        assertThat(sorted(rdd(left).groupBy(Pair::key).mapValues(RddOracleTest::valuesOf)))
                .isEqualTo(groups);
        for (String key : groups.keySet().stream().limit(2).toList()) {
            assertThat(pairs(left).lookup(key)).containsExactlyInAnyOrderElementsOf(groups.get(key));
            assertThat(pairs(left).partitionBy(new HashPartitioner(3)).lookup(key))
                    .containsExactlyInAnyOrderElementsOf(groups.get(key));
        }
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void joinsAsNestedLoopsDo(long seed) {
        shape(seed);
        List<String> inner = new ArrayList<>();
        for (Pair<String, Integer> one : left) {
            right.stream()
                    .filter(other -> other.key().equals(one.key()))
                    .forEach(other -> inner.add(one.key() + one.value() + "," + other.value()));
        }

        assertThat(pairs(left)
                        .join(pairs(right))
                        .map(each -> each.key() + each.value().left() + ","
                                + each.value().right())
                        .collect())
                .containsExactlyInAnyOrderElementsOf(inner);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void keepsWhatOneSideLacksInOuterJoins(long seed) {
        shape(seed);
        Map<String, List<Integer>> lefts = groups(left);
        Map<String, List<Integer>> rights = groups(right);
        List<String> onlyLeft = without(left, rights);
        List<String> onlyRight = without(right, lefts);

        List<Pair<String, Joined<Integer, Optional<Integer>>>> leftJoined =
                pairs(left).leftOuterJoin(pairs(right)).collect();
        List<Pair<String, Joined<Optional<Integer>, Integer>>> rightJoined =
                pairs(left).rightOuterJoin(pairs(right)).collect();
        List<Pair<String, Joined<Optional<Integer>, Optional<Integer>>>> fullJoined =
                pairs(left).fullOuterJoin(pairs(right)).collect();
        long inner = pairs(left).join(pairs(right)).count();

        assertThat(leftJoined.stream()
                        .filter(each -> each.value().right().isEmpty())
                        .map(each -> each.key() + each.value().left()))
                .containsExactlyInAnyOrderElementsOf(onlyLeft);
        assertThat(rightJoined.stream()
                        .filter(each -> each.value().left().isEmpty())
                        .map(each -> each.key() + each.value().right()))
                .containsExactlyInAnyOrderElementsOf(onlyRight);
        assertThat(leftJoined).hasSize((int) inner + onlyLeft.size());
        assertThat(rightJoined).hasSize((int) inner + onlyRight.size());
        assertThat(fullJoined).hasSize((int) inner + onlyLeft.size() + onlyRight.size());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void cogroupsBothSides(long seed) {
        shape(seed);
        Map<String, List<Integer>> lefts = groups(left);
        Map<String, List<Integer>> rights = groups(right);

        List<Pair<String, Grouped<Integer, Integer>>> grouped =
                pairs(left).cogroup(pairs(right), 3).collect();

        assertThat(grouped.stream().map(Pair::key)).doesNotHaveDuplicates();
        grouped.forEach(each -> {
            assertThat(sorted(each.value().left())).isEqualTo(lefts.getOrDefault(each.key(), List.of()));
            assertThat(sorted(each.value().right())).isEqualTo(rights.getOrDefault(each.key(), List.of()));
        });
        HashSet<String> keys = new HashSet<>(lefts.keySet());
        keys.addAll(rights.keySet());
        assertThat(grouped.stream().map(Pair::key).collect(Collectors.toSet())).isEqualTo(keys);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void joinsWhatIsInPlaceWithoutMovingIt(long seed) {
        shape(seed);
        HashPartitioner partitioner = new HashPartitioner(3);
        PairRdd<String, Integer> placed = pairs(left).reduceByKey(partitioner, Integer::sum);
        Map<String, Integer> sums = fold(left, Integer::sum);

        assertThat(placed.mapValues(value -> value + 1)
                        .join(placed)
                        .mapValues(both -> both.left() - both.right())
                        .collectAsMap())
                .isEqualTo(fold(left, (a, b) -> 1).keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), key -> 1)));
        assertThat(placed.reduceByKey(Integer::sum).collectAsMap()).isEqualTo(sums);
        assertThat(sorted(placed.groupByKey()).keySet()).isEqualTo(sums.keySet());
        assertThat(placed.join(pairs(right)).keys().distinct().count())
                .isEqualTo(sums.keySet().stream()
                        .filter(groups(right)::containsKey)
                        .count());
        assertThat(placed.partitionBy(partitioner).partitioner()).contains(partitioner);
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void sortsByKey(long seed) {
        shape(seed);
        List<String> keys = left.stream().map(Pair::key).sorted().toList();

        assertThat(pairs(left).sortByKey().keys().collect()).isEqualTo(keys);
        assertThat(pairs(left).sortByKey(false, 3).keys().collect())
                .isEqualTo(keys.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(rdd(numbers).sortBy(each -> -each, true, 4).collect())
                .isEqualTo(numbers.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(rdd(numbers).sortBy(each -> each).zipWithIndex().values().collect())
                .isEqualTo(IntStream.range(0, numbers.size())
                        .mapToObj(each -> (long) each)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void takesSomeAndAll(long seed) {
        shape(seed);
        int n = random.nextInt(numbers.size() + 2);
        List<Integer> upwards = numbers.stream().sorted().toList();
        List<Integer> downwards =
                numbers.stream().sorted(Comparator.reverseOrder()).toList();

        assertThat(rdd(numbers).count()).isEqualTo(numbers.size());
        assertThat(rdd(numbers).isEmpty()).isEqualTo(numbers.isEmpty());
        assertThat(rdd(numbers).take(n)).isEqualTo(numbers.stream().limit(n).toList());
        assertThat(rdd(numbers).takeOrdered(n))
                .isEqualTo(upwards.stream().limit(n).toList());
        assertThat(rdd(numbers).top(n)).isEqualTo(downwards.stream().limit(n).toList());
        assertThat(rdd(numbers).fold(0, Integer::sum))
                .isEqualTo(numbers.stream().mapToInt(Integer::intValue).sum());
        assertThat(rdd(numbers).aggregate(new ArrayList<Integer>(), RddOracleTest::with, RddOracleTest::withAll))
                .containsExactlyInAnyOrderElementsOf(numbers);
        if (numbers.isEmpty()) {
            assertThatThrownBy(() -> rdd(numbers).reduce(Integer::sum)).hasMessageContaining("no record");
            assertThatThrownBy(() -> rdd(numbers).first()).hasMessageContaining("no record");
        } else {
            assertThat(rdd(numbers).first()).isEqualTo(numbers.get(0));
            assertThat(rdd(numbers).reduce(Integer::max)).isEqualTo(downwards.get(0));
            assertThat(rdd(numbers).max(Integer::compare)).isEqualTo(downwards.get(0));
            assertThat(rdd(numbers).min(Integer::compare)).isEqualTo(upwards.get(0));
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

    private <T> Rdd<T> rdd(List<T> records) {
        return session.parallelize(records, 1 + random.nextInt(7));
    }

    private PairRdd<String, Integer> pairs(List<Pair<String, Integer>> records) {
        return session.parallelizePairs(records, 1 + random.nextInt(7));
    }

    /** None, one, few or many; with many keys, few, or one that most have. */
    private List<Pair<String, Integer>> pairs() {
        int size = new int[] {0, 1, 7, 120}[random.nextInt(4)];
        int keys = new int[] {1, 5, 1000}[random.nextInt(3)];
        List<Pair<String, Integer>> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int key = random.nextInt(3) == 0 ? 0 : random.nextInt(keys);
            pairs.add(Pair.of(key % 7 == 3 ? "日本" + key : "k" + key, random.nextInt(50)));
        }
        return pairs;
    }

    private static Map<String, Integer> fold(
            List<Pair<String, Integer>> pairs, java.util.function.BinaryOperator<Integer> function) {
        Map<String, Integer> folded = new HashMap<>();
        pairs.forEach(pair -> folded.merge(pair.key(), pair.value(), function));
        return folded;
    }

    private static Map<String, List<Integer>> groups(List<Pair<String, Integer>> pairs) {
        Map<String, List<Integer>> groups = new HashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair.value()));
        groups.values().forEach(Collections::sort);
        return groups;
    }

    private static Map<String, List<Integer>> sorted(PairRdd<String, Iterable<Integer>> groups) {
        Map<String, List<Integer>> sorted = new HashMap<>();
        groups.collect().forEach(group -> sorted.put(group.key(), sorted(group.value())));
        return sorted;
    }

    private static List<Integer> sorted(Iterable<Integer> values) {
        List<Integer> list = new ArrayList<>();
        values.forEach(list::add);
        Collections.sort(list);
        return list;
    }

    private static Iterable<Integer> valuesOf(Iterable<Pair<String, Integer>> pairs) {
        List<Integer> values = new ArrayList<>();
        pairs.forEach(pair -> values.add(pair.value()));
        return values;
    }

    private static List<String> without(List<Pair<String, Integer>> pairs, Map<String, ?> keys) {
        return pairs.stream()
                .filter(pair -> !keys.containsKey(pair.key()))
                .map(pair -> pair.key() + pair.value())
                .toList();
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
