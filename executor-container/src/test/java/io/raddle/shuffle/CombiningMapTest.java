package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Aggregator;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keys and combiners are, they are folded in the order of their coming as a plain map folds them. */
@Timeout(120)
@SuppressWarnings("NullAway") // nulls are part of what is tested
final class CombiningMapTest {
    /** What marks a free slot of the table of numbers. */
    private static final long FREE = 0x8b1f_3c5d_7e92_a640L;

    private static final List<IntFunction<Object>> KEYS = List.of(
            number -> (long) number,
            number -> number % 7 == 0 ? FREE : (long) number * Integer.MAX_VALUE,
            number -> number - 500,
            number -> "key " + number,
            number -> number % 5 == 0 ? "κλειδί " + number : "clé é " + number,
            number -> number % 3 == 0 ? (Object) number : number % 3 == 1 ? (Object) (long) number : "" + number,
            number -> number % 9 == 0 ? null : (Object) (number % 2 == 0 ? number * 0.5 : number));

    private static final List<IntFunction<Object>> VALUES = List.of(
            number -> (long) number,
            number -> number,
            number -> number / 8.0,
            number -> "value " + number,
            number -> number % 50 == 0 ? (Object) "text" : (Object) (long) number,
            number -> number % 40 == 0 ? null : (Object) (double) number);

    @TempDir
    private Path root;

    private static LongStream seeds() {
        return Seeds.some();
    }

    /** Tells in which order it was called. */
    private static Object fold(Object combiner, Object value) {
        if (combiner instanceof Long left && value instanceof Long right) {
            return left * 31 + right;
        }
        if (combiner instanceof Integer left && value instanceof Integer right) {
            return left * 31 + right;
        }
        if (combiner instanceof Double left && value instanceof Double right) {
            return left / 3 + right;
        }
        return (combiner + "," + value).hashCode() % 3 == 0 ? 17L : combiner + "," + value;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void foldsAsAPlainMapDoes(long seed) throws Exception {
        Random random = new Random(seed);
        Shuffling shuffling = new Shuffling(root, 64 << 20);
        for (IntFunction<Object> keys : KEYS) {
            for (IntFunction<Object> values : VALUES) {
                Map<Object, Object> expected = new HashMap<>();
                try (TaskMemory memory = shuffling.budget.openTask();
                        CombiningMap map = map(shuffling, memory)) {
                    int distinct = 1 + random.nextInt(3000);
                    for (int left = random.nextInt(6000); left > 0; left--) {
                        Object key = keys.apply(random.nextInt(distinct));
                        Object value = values.apply(1 + random.nextInt(1000));
                        map.add(key, value);
                        expected.put(key, expected.containsKey(key) ? fold(expected.get(key), value) : value);
                    }
                    check(random.nextBoolean() ? map.entries() : byHash(map), expected);
                }
            }
        }
    }

    private static CombiningMap map(Shuffling shuffling, TaskMemory memory) {
        Aggregator<Object, Object> aggregator =
                Aggregator.of(value -> value, CombiningMapTest::fold, CombiningMapTest::fold);
        return new CombiningMap(
                new UserAggregator(aggregator).ofValues(), new Footprint(shuffling.format), memory.reservation());
    }

    private static Iterator<Pair<?, ?>> byHash(CombiningMap map) {
        List<Pair<?, ?>> entries = new ArrayList<>();
        map.entriesByHash().forEachRemaining(entries::add);
        assertThat(entries).isSortedAccordingTo(Comparator.comparingInt(pair -> CombiningMap.hash(pair.key())));
        return entries.iterator();
    }

    private static void check(Iterator<Pair<?, ?>> entries, Map<Object, Object> expected) {
        Map<Object, Object> found = new HashMap<>();
        entries.forEachRemaining(pair -> assertThat(
                        found.containsKey(pair.key()) || found.put(pair.key(), pair.value()) != null)
                .as("key %s twice", pair.key())
                .isFalse());
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void startsAnewAfterItWasDrained() throws Exception {
        Shuffling shuffling = new Shuffling(root, 64 << 20);
        try (TaskMemory memory = shuffling.budget.openTask();
                CombiningMap map = map(shuffling, memory)) {
            map.add(1L, 2L);
            check(map.entries(), Map.of(1L, 2L));
            map.clear();
            map.add("now text", 3);
            map.add("now text", 4);
            check(map.entries(), Map.of("now text", 3 * 31 + 4));
        }
    }
}
