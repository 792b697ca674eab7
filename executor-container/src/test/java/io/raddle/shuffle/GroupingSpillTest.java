package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two shuffles brought together, and one key that is larger than all memory. */
final class GroupingSpillTest {
    private static final long TINY = 100 << 10;
    private static final int PARTITIONS = 3;

    @TempDir
    private Path root;

    private static java.util.stream.LongStream seeds() {
        return Seeds.some();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void joinsTwoShufflesAsNestedLoopsDo(long seed) throws Exception {
        RandomRecords random = new RandomRecords(seed);
        List<Pair<Object, Object>> left = pairs(random, 2500);
        List<Pair<Object, Object>> right = pairs(random, 1500);
        Map<String, Long> expected = counted(left.stream()
                .flatMap(one -> right.stream()
                        .filter(other -> one.key().equals(other.key()))
                        .map(other -> one.key() + " " + one.value() + " " + other.value())));
        Shuffling first = written("left", left);
        Shuffling second = written("right", right);

        List<String> joined = new ArrayList<>();
        Set<Object> keys = new java.util.HashSet<>();
        long spilled = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            try (TaskMemory memory = first.budget.openTask()) {
                ShuffleReader reader = new ShuffleReader(first.directories, Optional.empty(), first.format, memory);
                ShuffleReader other = new ShuffleReader(second.directories, Optional.empty(), second.format, memory);
                Iterator<Pair<?, Iterable<?>[]>> groups = reader.coGroup(List.of(
                        reader.read(first.index(), partition, new Combine.None()),
                        other.read(second.index(), partition, new Combine.None())));
                while (groups.hasNext()) {
                    Pair<?, Iterable<?>[]> group = groups.next();
                    assertThat(keys.add(group.key()))
                            .as("%s comes once", group.key())
                            .isTrue();
                    for (Object one : group.value()[0]) {
                        for (Object another : group.value()[1]) {
                            joined.add(group.key() + " " + one + " " + another);
                        }
                    }
                }
                spilled += memory.spilledBytes();
            }
        }

        assertThat(counted(joined.stream())).isEqualTo(expected);
        assertThat(keys)
                .hasSameSizeAs(Stream.concat(left.stream(), right.stream())
                        .map(Pair::key)
                        .distinct()
                        .toList());
        assertThat(spilled).isPositive();
        assertThat(first.budget.usedBytes()).isZero();
    }

    @Test
    void groupsAKeyWhoseValuesAreLargerThanMemoryAndGivesThemTwice() throws Exception {
        int count = 200_000;
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>(i % 1000 == 0 ? "key " + i : "hot", "a value that takes some room, number " + i));
        }
        shuffling.write(Placement.byKey(new HashPartitioner(1)), pairs);
        Map<Object, Long> sizes = new HashMap<>();

        try (TaskMemory memory = shuffling.budget.openTask()) {
            Iterator<?> groups = new ShuffleReader(shuffling.directories, Optional.empty(), shuffling.format, memory)
                    .read(shuffling.index(), 0, new Combine.Group());
            while (groups.hasNext()) {
                Pair<?, ?> group = (Pair<?, ?>) groups.next();
                Iterable<?> values = (Iterable<?>) group.value();
                sizes.put(group.key(), size(values));
                assertThat(size(values)).isEqualTo(sizes.get(group.key()));
            }
            assertThat(memory.spilledBytes()).isGreaterThan(memory.peakBytes());
            assertThat(memory.peakBytes()).isLessThan(4 << 20);
        }

        assertThat(sizes).hasSize(1 + count / 1000).containsEntry("hot", (long) count - count / 1000);
    }

    private static long size(Iterable<?> values) {
        long size = 0;
        for (Object value : values) {
            assertThat((String) value).startsWith("a value");
            size++;
        }
        return size;
    }

    /** Few pairs to a key, and some keys on one side only. */
    private static List<Pair<Object, Object>> pairs(RandomRecords random, int count) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>("key " + random.below(1000), "value " + i + "x".repeat(random.below(200))));
        }
        return pairs;
    }

    private Shuffling written(String name, List<Pair<Object, Object>> pairs) {
        Shuffling shuffling = new Shuffling(root.resolve(name), TINY);
        int half = pairs.size() / 2;
        shuffling.write(Placement.byKey(new HashPartitioner(PARTITIONS)), pairs.subList(0, half));
        shuffling.write(Placement.byKey(new HashPartitioner(PARTITIONS)), pairs.subList(half, pairs.size()));
        return shuffling;
    }

    private static Map<String, Long> counted(Stream<String> lines) {
        return lines.collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    }
}
