package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Grouping gives each key once with its values in the order in which they came, whether bytes are copied from the blocks
 * or values are encoded anew, in memory or not.
 */
@Timeout(120)
@SuppressWarnings("NullAway") // nulls are part of what is tested
final class GroupOracleTest {
    private static final long[] BUDGETS = {0, 100 << 10, 64 << 20};

    @TempDir
    private Path root;

    /** Equal to others that are written in other bytes. */
    record Name(String text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Name name && name.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return text.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    /** Different from others of the same hash. */
    record Colliding(int number) {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static LongStream seeds() {
        return Seeds.some();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void groupsKeysOfAllKindsFromBlocks(long seed) throws Exception {
        for (long budget : BUDGETS) {
            Random random = new Random(seed);
            Shuffling shuffling = new Shuffling(root.resolve("budget" + budget), budget);
            List<Pair<Object, Object>> all = new ArrayList<>();
            for (int map = 0; map < 3; map++) {
                List<Pair<Object, Object>> pairs = pairs(random, new int[] {0, 1, 50, 4000}[random.nextInt(4)]);
                shuffling.write(Placement.byKey(new HashPartitioner(1)), pairs);
                all.addAll(pairs);
            }
            try (TaskMemory memory = shuffling.budget.openTask()) {
                Iterator<?> groups = new ShuffleReader(
                                shuffling.directories, Optional.empty(), shuffling.format, memory)
                        .read(shuffling.index(), 0, new Combine.Group());
                Map<Object, List<Object>> found = new HashMap<>();
                groups.forEachRemaining(each -> {
                    Pair<?, ?> group = (Pair<?, ?>) each;
                    assertThat(found.put(group.key(), values((Iterable<?>) group.value())))
                            .as("%s comes once", group.key())
                            .isNull();
                });
                assertThat(found).isEqualTo(grouped(all));
            }
            assertThat(shuffling.budget.usedBytes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bringsManyInputsTogetherInTheirOrderEachWhenKeptUntilTheEnd(long seed) {
        for (long budget : BUDGETS) {
            Random random = new Random(seed);
            int inputs = 1 + random.nextInt(4);
            Shuffling shuffling = new Shuffling(root.resolve("budget" + budget), budget);
            List<Map<Object, List<Object>>> expected = new ArrayList<>();
            List<Iterator<?>> all = new ArrayList<>();
            for (int input = 0; input < inputs; input++) {
                List<Pair<Object, Object>> pairs = pairs(random, random.nextInt(2000));
                expected.add(grouped(pairs));
                all.add(pairs.iterator());
            }
            try (TaskMemory memory = shuffling.budget.openTask()) {
                List<Pair<?, Iterable<?>[]>> kept = new ArrayList<>();
                new ShuffleReader(shuffling.directories, Optional.empty(), shuffling.format, memory)
                        .coGroup(all)
                        .forEachRemaining(kept::add);
                Set<Object> keys = new LinkedHashSet<>();
                for (Pair<?, Iterable<?>[]> group : kept) {
                    assertThat(keys.add(group.key())).isTrue();
                    for (int input = 0; input < inputs; input++) {
                        assertThat(values(group.value()[input]))
                                .isEqualTo(expected.get(input).getOrDefault(group.key(), List.of()));
                    }
                }
                Set<Object> wanted = new LinkedHashSet<>();
                expected.forEach(map -> wanted.addAll(map.keySet()));
                assertThat(keys).isEqualTo(wanted);
            }
        }
    }

    private static List<Object> values(Iterable<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    private static Map<Object, List<Object>> grouped(List<Pair<Object, Object>> pairs) {
        Map<Object, List<Object>> groups = new HashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair.value()));
        return groups;
    }

    private static List<Pair<Object, Object>> pairs(Random random, int count) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair<>(key(random), value(random)));
        }
        return pairs;
    }

    private static Object key(Random random) {
        int number = (int) Math.abs(random.nextGaussian() * 100);
        return switch (random.nextInt(14)) {
            case 0 -> null;
            case 1 -> number - 50;
            case 2 -> (long) number - 50;
            case 3 -> new double[] {0.0, -0.0, Double.NaN, number}[random.nextInt(4)];
            case 4 -> (float) number;
            case 5 -> "caf\u00e9" + number;
            case 6 -> "\ud83d" + number;
            case 7 -> "\u732b" + number;
            case 8 -> new Name((random.nextBoolean() ? "NAME" : "name") + number);
            case 9 -> new Colliding(number % 20);
            case 10 -> new Pair<>(random.nextBoolean() ? "Aa" : "BB", new Name(random.nextBoolean() ? "x" : "X"));
            case 11 -> random.nextBoolean() ? "Aa" : "BB";
            case 12 -> random.nextBoolean();
            default -> number % 2 == 0 ? "" : "hot";
        };
    }

    private static Object value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> random.nextInt(100);
            case 2 -> random.nextLong();
            case 3 -> "v".repeat(random.nextInt(200 * 200) / 200);
            case 4 -> random.nextInt(100) == 0 ? "w".repeat(100_000) : "\udc00lone";
            case 5 -> new Name("value");
            case 6 -> new Pair<>(random.nextDouble(), List.of((byte) random.nextInt(), (char) random.nextInt()));
            default -> new Pair<>((short) random.nextInt(), random.nextFloat());
        };
    }
}
