package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.NaturalOrder;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sorting gives what the sort of a list gives, whether or not keys have a number that orders them. */
@Timeout(120)
@SuppressWarnings("NullAway") // null keys are part of what is tested
final class SortOracleTest {
    private static final double[] ODD_DOUBLES = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1,
        -1
    };
    private static final long[] ODD_LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 255, 256, -256};
    private static final String[] ODD_TEXTS = {
        "",
        "\0",
        "a",
        "a\0",
        "a\0\0",
        "abcdefgh",
        "abcdefghi",
        "abcdefgh\0",
        "\u00fe",
        "\u00ff",
        "\u00ff\u00ff",
        "\u0100",
        "\u00ffz",
        "\u0100a",
        "\u732b",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00x",
        "\uffff",
        "\u00fez"
    };

    @TempDir
    private Path root;

    private int shuffles;

    /** A value whose bytes must be written anew, since they refer to the frame they came in. */
    record Colour(int number) {}

    private static LongStream seeds() {
        return Seeds.some();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sortsKeysOfEachKindAsAListDoes(long seed) {
        Random random = new Random(seed);
        List<Supplier<Object>> kinds = List.of(
                () -> random.nextInt(4) == 0 ? (int) ODD_LONGS[random.nextInt(8)] : random.nextInt(),
                () -> random.nextInt(500) - 250,
                () -> random.nextInt(4) == 0 ? ODD_LONGS[random.nextInt(8)] : random.nextLong(),
                () -> random.nextInt(4) == 0 ? ODD_DOUBLES[random.nextInt(9)] : random.nextGaussian(),
                () -> text(random),
                () -> "the same start " + random.nextInt(50),
                () -> (short) random.nextInt(),
                () -> (char) random.nextInt());
        for (Supplier<Object> kind : kinds) {
            for (int size : new int[] {0, 1, 2, 300, 5000}) {
                for (boolean descending : new boolean[] {false, true}) {
                    List<Pair<Object, Object>> pairs = numbered(kind, size);
                    assertSorted(pairs, new NaturalOrder<>(descending), 4 << 20);
                    assertSorted(pairs, new NaturalOrder<>(descending), 64 << 10);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sortsMixedKeysAndNullsByAComparatorOfTheUser(long seed) {
        Random random = new Random(seed);
        Comparator<Object> order = Comparator.nullsFirst(Comparator.comparing(String::valueOf));
        List<Pair<Object, Object>> pairs = numbered(
                () -> switch (random.nextInt(4)) {
                    case 0 -> null;
                    case 1 -> random.nextInt(100);
                    case 2 -> ODD_DOUBLES[random.nextInt(9)];
                    default -> text(random);
                },
                4000);

        assertSorted(pairs, order, 4 << 20);
        assertSorted(pairs, order, 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sortsRecordsLargerThanTheBudget(long seed) {
        Random random = new Random(seed);
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pairs.add(new Pair<>(random.nextInt(10), (i % 10 == 0 ? "x".repeat(300_000) : "y") + i));
        }

        assertSorted(pairs, new NaturalOrder<>(false), 0);
    }

    @Test
    void refusesAKeyThatHasNoPlaceAmongTheOthersHoweverManyComeBefore() {
        for (Object stranger : Arrays.asList(null, "text", 1.5, List.of(1))) {
            List<Pair<Object, Object>> pairs = numbered(() -> 7, 3000);
            pairs.add(2500, new Pair<>(stranger, 0));

            assertThatThrownBy(() -> sorted(pairs, new NaturalOrder<>(false), 4 << 20))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageMatching("(?s).*(natural order|cannot be compared).*");
            assertThatThrownBy(() -> sortedFromBlocks(pairs, new NaturalOrder<>(false), 4 << 20))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageMatching("(?s).*(natural order|cannot be compared).*");
        }
    }

    @Test
    void namesAComparatorThatContradictsItselfOrGivesAllPairs() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<Pair<Object, Object>> pairs = numbered(random::nextInt, 3000);
            Comparator<Object> liar = (left, right) -> random.nextInt(3) - 1;
            try {
                assertThat(sorted(pairs, liar, seed % 2 == 0 ? 4 << 20 : 0)).containsExactlyInAnyOrderElementsOf(pairs);
            } catch (RaddleException e) {
                assertThat(e).hasMessageContaining("contradicts itself");
            }
        }
    }

    private static String text(Random random) {
        if (random.nextInt(3) == 0) {
            return ODD_TEXTS[random.nextInt(ODD_TEXTS.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) random.nextInt(random.nextInt(5) == 0 ? 0x10000 : 3));
        }
        return text.toString();
    }

    private static List<Pair<Object, Object>> numbered(Supplier<Object> keys, int size) {
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pairs.add(new Pair<>(keys.get(), i % 7 == 3 ? new Colour(i) : i));
        }
        return pairs;
    }

    private void assertSorted(List<Pair<Object, Object>> pairs, Comparator<Object> order, long budget) {
        List<Pair<Object, Object>> expected = new ArrayList<>(pairs);
        expected.sort(Comparator.comparing(Pair::key, order));
        assertThat(sorted(pairs, order, budget)).isEqualTo(expected);
        assertThat(sortedFromBlocks(pairs, order, budget)).isEqualTo(expected);
    }

    private List<Pair<?, ?>> sortedFromBlocks(List<Pair<Object, Object>> pairs, Comparator<Object> order, long budget) {
        Shuffling shuffling = new Shuffling(root.resolve("shuffle" + shuffles++), budget);
        shuffling.write(Placement.byKey(new HashPartitioner(1)), pairs);
        List<Pair<?, ?>> sorted = new ArrayList<>();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleReader(shuffling.directories, Optional.empty(), shuffling.format, memory)
                    .read(shuffling.index(), 0, new Combine.Sort(order))
                    .forEachRemaining(pair -> sorted.add((Pair<?, ?>) pair));
            assertThat(memory.heldBytes()).isZero();
        } catch (RaddleException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return sorted;
    }

    private List<Pair<?, ?>> sorted(List<Pair<Object, Object>> pairs, Comparator<Object> order, long budget) {
        Shuffling shuffling = new Shuffling(root, budget);
        List<Pair<?, ?>> sorted = new ArrayList<>();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            Iterator<Pair<?, ?>> all =
                    new ExternalSort(order, shuffling.directories, memory, shuffling.format).sort(pairs.iterator());
            all.forEachRemaining(sorted::add);
            assertThat(memory.heldBytes()).isZero();
        }
        return sorted;
    }
}
