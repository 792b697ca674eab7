package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records spread evenly lie where they lay before, in whatever order they come, whatever the memory. */
final class EvenSpreadTest {
    private static final long[] BUDGETS = {0, 300 << 10, 64 << 20};

    @TempDir
    private Path root;

    private int shuffles;

    private static java.util.stream.LongStream seeds() {
        return Seeds.some();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void placesRecordsAlikeInWhateverOrderTheyCome(long seed) throws Exception {
        RandomRecords random = new RandomRecords(seed);
        List<Pair<Object, Object>> records = random.mixed(random.size());
        int partitions = 1 + random.below(20);
        List<Map<Object, Long>> expected = counts(spread(records, partitions, BUDGETS[2]));

        for (long budget : BUDGETS) {
            List<Pair<Object, Object>> shuffled = new ArrayList<>(records);
            Collections.shuffle(shuffled, new Random(seed + budget));
            assertThat(counts(spread(shuffled, partitions, budget))).isEqualTo(expected);
        }
        assertThat(expected.stream()
                        .flatMap(each -> each.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum)))
                .isEqualTo(counts(List.of(List.copyOf(records))).get(0));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesEveryPartitionAsManyRecordsWhateverTheyAre(long seed) throws Exception {
        RandomRecords random = new RandomRecords(seed);
        int partitions = 1 + random.below(20);
        List<List<?>> inputs =
                List.of(random.mixed(random.size()), Collections.nCopies(random.size(), "the same"), List.of(1, 2, 3));

        for (List<?> records : inputs) {
            List<Integer> sizes = spread(records, partitions, BUDGETS[0]).stream()
                    .map(List::size)
                    .toList();
            assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void keepsRecordsApartThatTheUserGivesInOneObject() throws Exception {
        StringBuilder reused = new StringBuilder();
        Iterator<StringBuilder> records = new Mapped<>(List.of(1, 2, 3, 4).iterator(), number -> {
            reused.setLength(0);
            return reused.append(number);
        });
        Shuffling shuffling = shuffling(BUDGETS[2]);
        shuffling.writeEvenly(2, records);

        assertThat(read(shuffling, 2).stream().flatMap(List::stream).map(Object::toString))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void spillsWhatMemoryDoesNotHold() throws Exception {
        Shuffling shuffling = shuffling(BUDGETS[0]);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < 20_000; line++) {
            lines.add("line " + line);
        }

        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleWriter(shuffling.directories, shuffling.format, memory, FrameCodec.LZ4)
                    .writeEvenly(shuffling.nextMapId(), 3, 0, lines.iterator());
            assertThat(memory.spilledBytes()).isPositive();
            assertThat(memory.peakBytes()).isLessThan(512 << 10);
        }
        assertThat(shuffling.budget.usedBytes()).isZero();
    }

    private Shuffling shuffling(long budget) {
        return new Shuffling(root.resolve("s" + shuffles++), budget);
    }

    private List<List<Object>> spread(List<?> records, int partitions, long budget) throws Exception {
        Shuffling shuffling = shuffling(budget);
        shuffling.writeEvenly(partitions, records.iterator());
        return read(shuffling, partitions);
    }

    private static List<List<Object>> read(Shuffling shuffling, int partitions) throws Exception {
        List<List<Object>> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            try (TaskMemory memory = shuffling.budget.openTask()) {
                List<Object> records = new ArrayList<>();
                new ShuffleReader(shuffling.directories, Optional.empty(), shuffling.format, memory)
                        .read(shuffling.index(), partition, new Combine.None())
                        .forEachRemaining(records::add);
                all.add(records);
            }
        }
        return all;
    }

    private static List<Map<Object, Long>> counts(List<List<Object>> partitions) {
        return partitions.stream()
                .map(records -> records.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting())))
                .toList();
    }
}
