package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Aggregator;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes through a shuffle must come out as plain collections would have it, whatever the memory. */
final class ShuffleOracleTest {
    /** So little that everything spills many times, and so much that nothing does. */
    private static final long[] BUDGETS = {0, 300 << 10, 64 << 20};

    @TempDir
    private Path root;

    private long spilled;

    private static java.util.stream.LongStream seeds() {
        return Seeds.some();
    }

    private interface Check {
        void check(Shuffling shuffling, RandomRecords random, int partitions) throws Exception;
    }

    private void withBudgets(long seed, Check check) throws Exception {
        for (long budget : BUDGETS) {
            RandomRecords random = new RandomRecords(seed);
            Shuffling shuffling = new Shuffling(root.resolve("b" + budget), budget);
            check.check(shuffling, random, 1 + random.below(20));
        }
    }

    private <T> List<T> readAll(Shuffling shuffling, int partitions, Combine combine, Copy<T> copy) throws Exception {
        List<T> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            try (ShuffleClient client = shuffling.client(1 << 20);
                    TaskMemory memory = shuffling.budget.openTask()) {
                Iterator<?> records = new ShuffleReader(
                                shuffling.directories, Optional.of(client), shuffling.format, memory)
                        .read(shuffling.index(), partition, combine);
                while (records.hasNext()) {
                    all.add(copy.copy(records.next()));
                }
                spilled += memory.spilledBytes();
            }
            assertThat(shuffling.budget.usedBytes()).isZero();
        }
        return all;
    }

    private interface Copy<T> {
        T copy(Object record);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesBackEveryRecordAsItWas(long seed) throws Exception {
        withBudgets(seed, (shuffling, random, partitions) -> {
            List<Object> all = new ArrayList<>();
            for (int map = 0; map < 3; map++) {
                List<?> records = random.mixed(random.size());
                shuffling.write(Placement.byKey(new HashPartitioner(partitions)), records);
                all.addAll(records);
            }
            assertThat(readAll(shuffling, partitions, new Combine.None(), record -> record))
                    .containsExactlyInAnyOrderElementsOf(all);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void foldsTheValuesOfEachKeyOnce(long seed) throws Exception {
        Aggregator<Long, Long> sum = Aggregator.reducing(Long::sum);
        withBudgets(seed, (shuffling, random, partitions) -> {
            boolean mapSide = random.below(2) == 0;
            Map<Object, Long> expected = new HashMap<>();
            for (int map = 0; map < 3; map++) {
                List<Pair<Object, Object>> pairs = random.counts(random.size());
                Placement placement = Placement.byKey(new HashPartitioner(partitions));
                if (mapSide) {
                    shuffling.writeCombined(placement, sum, pairs);
                } else {
                    shuffling.write(placement, pairs);
                }
                pairs.forEach(pair -> expected.merge(pair.key(), (Long) pair.value(), Long::sum));
            }
            List<Pair<?, ?>> actual =
                    readAll(shuffling, partitions, new Combine.Aggregate(sum, mapSide), record -> (Pair<?, ?>) record);
            assertThat(actual).hasSameSizeAs(expected.keySet());
            actual.forEach(pair -> assertThat(pair.value()).isEqualTo(expected.get(pair.key())));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void foldsIntoCombinersThatGrow(long seed) throws Exception {
        Aggregator<Object, List<Object>> lists = Aggregator.of(
                value -> new ArrayList<>(List.of(value)),
                (list, value) -> {
                    list.add(value);
                    return list;
                },
                (left, right) -> {
                    left.addAll(right);
                    return left;
                });
        withBudgets(seed, (shuffling, random, partitions) -> {
            Map<Object, List<Object>> expected = new HashMap<>();
            for (int map = 0; map < 3; map++) {
                List<Pair<Object, Object>> pairs = random.counts(random.size());
                shuffling.writeCombined(Placement.byKey(new HashPartitioner(partitions)), lists, pairs);
                pairs.forEach(pair -> expected.computeIfAbsent(pair.key(), key -> new ArrayList<>())
                        .add(pair.value()));
            }
            List<Pair<?, ?>> actual =
                    readAll(shuffling, partitions, new Combine.Aggregate(lists, true), record -> (Pair<?, ?>) record);
            assertThat(actual).hasSameSizeAs(expected.keySet());
            actual.forEach(pair -> assertThat((List<Object>) pair.value())
                    .containsExactlyInAnyOrderElementsOf(expected.get(pair.key())));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void groupsTheValuesOfEachKeyAndIteratesThemAgain(long seed) throws Exception {
        withBudgets(seed, (shuffling, random, partitions) -> {
            Map<Object, List<Object>> expected = new HashMap<>();
            for (int map = 0; map < 3; map++) {
                List<Pair<Object, Object>> pairs = random.mixed(random.size());
                shuffling.write(Placement.byKey(new HashPartitioner(partitions)), pairs);
                pairs.forEach(pair -> expected.computeIfAbsent(pair.key(), key -> new ArrayList<>())
                        .add(pair.value()));
            }
            List<Pair<Object, List<Object>>> actual = readAll(shuffling, partitions, new Combine.Group(), record -> {
                Pair<?, ?> group = (Pair<?, ?>) record;
                List<Object> values = new ArrayList<>();
                ((Iterable<?>) group.value()).forEach(values::add);
                assertThat((Iterable<Object>) group.value()).containsExactlyElementsOf(values);
                assertThat(shuffling.format.fromBytes(shuffling.format.toBytes(group.value())))
                        .isEqualTo(values);
                return new Pair<Object, List<Object>>(group.key(), values);
            });
            assertThat(actual).hasSameSizeAs(expected.keySet());
            actual.forEach(
                    group -> assertThat(group.value()).containsExactlyInAnyOrderElementsOf(expected.get(group.key())));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sortsByKeyAndKeepsTheOrderOfEqualKeys(long seed) throws Exception {
        withBudgets(seed, (shuffling, random, partitions) -> {
            List<Pair<Object, Object>> all = new ArrayList<>();
            for (int map = 0; map < 3; map++) {
                List<Pair<Object, Object>> pairs = random.ofStrings(random.size());
                shuffling.write(Placement.byKey(new HashPartitioner(1)), pairs);
                all.addAll(pairs);
            }
            all.sort(Comparator.comparing(pair -> (String) pair.key()));
            assertThat(readAll(shuffling, 1, Combine.Sort.natural(), record -> record))
                    .isEqualTo(all);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bringsSeveralInputsTogetherByKey(long seed) throws Exception {
        withBudgets(seed, (shuffling, random, partitions) -> {
            List<Pair<Object, Object>> left = random.mixed(random.size());
            List<Pair<Object, Object>> right = random.counts(random.size());
            assertThat(coGrouped(shuffling, left, right)).isEmpty();
        });
    }

    /** The differences to what plain collections give, in words. */
    private List<String> coGrouped(
            Shuffling shuffling, List<Pair<Object, Object>> left, List<Pair<Object, Object>> right) {
        List<String> differences = new ArrayList<>();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            ExternalGrouping grouping = new ExternalGrouping(2, shuffling.directories, memory, shuffling.format);
            grouping.addAll(0, left.iterator());
            grouping.addAll(1, right.iterator());
            Map<Object, StoredValues[]> groups = new HashMap<>();
            grouping.groups().forEachRemaining(group -> {
                if (groups.put(group.key(), group.value()) != null) {
                    differences.add("key twice: " + group.key());
                }
            });
            List<List<Pair<Object, Object>>> inputs = List.of(left, right);
            for (int input = 0; input < 2; input++) {
                Map<Object, List<Object>> expected = new HashMap<>();
                inputs.get(input)
                        .forEach(pair -> expected.computeIfAbsent(pair.key(), key -> new ArrayList<>())
                                .add(pair.value()));
                for (Map.Entry<Object, StoredValues[]> group : groups.entrySet()) {
                    List<Object> values = new ArrayList<>();
                    group.getValue()[input].forEach(values::add);
                    List<Object> wanted = expected.getOrDefault(group.getKey(), List.of());
                    if (!counts(values).equals(counts(wanted))) {
                        differences.add(group.getKey() + ": " + values + " instead of " + wanted);
                    }
                }
            }
        }
        return differences;
    }

    private static Map<String, Long> counts(List<Object> values) {
        return values.stream().collect(Collectors.groupingBy(String::valueOf, Collectors.counting()));
    }
}
