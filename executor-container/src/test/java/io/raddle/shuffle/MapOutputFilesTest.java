package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.id.ShuffleId;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk, and when it is not any more. */
final class MapOutputFilesTest {
    private static final Placement EIGHT = Placement.byKey(new HashPartitioner(8));

    @TempDir
    private Path root;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void letsTheNodeManagerReadByGroup() throws IOException {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        shuffling.write(EIGHT, List.of(new Pair<>("k", 1)));
        assertThat(files()).hasSize(2);
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void keepsAFooterAndRangesBehindThePartitions() throws IOException {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        List<Pair<Integer, Integer>> pairs =
                IntStream.range(0, 1000).mapToObj(i -> new Pair<>(i, i)).toList();
        WrittenOutput output = shuffling.write(Placement.byKey(new HashPartitioner(20)), pairs);
        IndexFile index = shuffling.directories.index(output.mapId());
        assertThat(index.size()).isEqualTo(20 + 1 + 3 + 1);
        assertThat(index.entry(20).start() + index.entry(20).length()).isEqualTo(output.bytes());
        assertThat(index.entry(22).start()).isEqualTo(index.entry(8).start());
        assertThat(index.entry(22).length())
                .isEqualTo(index.entry(16).start() - index.entry(8).start());
        assertThat(index.entry(24).length()).isEqualTo(index.entry(20).start());
        assertThat(output.records()).isEqualTo(1000);
    }

    @Test
    void leavesNothingWhenTheRecordsFail() throws IOException {
        Shuffling shuffling = new Shuffling(root, 0);
        Iterator<Pair<String, String>> failing = IntStream.range(0, 5000)
                .mapToObj(i -> {
                    if (i == 4999) {
                        throw new IllegalStateException("the last one");
                    }
                    return new Pair<>("k" + i, "v".repeat(100));
                })
                .iterator();
        MemoryBudget budget = new MemoryBudget(0, 1);
        try (TaskMemory memory = budget.openTask()) {
            ShuffleWriter writer = new ShuffleWriter(shuffling.directories, shuffling.format, memory, FrameCodec.LZ4);
            assertThatThrownBy(() -> writer.write("m1", EIGHT, failing)).hasMessage("the last one");
            assertThat(memory.spilledBytes()).isPositive();
        }
        assertThat(files()).isEmpty();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void refusesToWriteAnOutputTwice() {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        try (TaskMemory memory = shuffling.budget.openTask()) {
            ShuffleWriter writer = new ShuffleWriter(shuffling.directories, shuffling.format, memory, FrameCodec.LZ4);
            writer.write("m1", EIGHT, List.of(new Pair<>(1, 1)).iterator());
            assertThatThrownBy(() -> writer.write("m1", EIGHT, List.of().iterator()))
                    .hasMessageContaining("written before");
        }
    }

    @Test
    void writesToAnotherDiskWhenOneIsBad() throws Exception {
        Path bad = Files.createFile(root.resolve("bad"));
        LocalDirectories directories = new LocalDirectories(List.of(bad, root.resolve("good")), "c", Shuffling.NODE);
        Shuffling shuffling = new Shuffling(directories, 0);
        for (int map = 0; map < 4; map++) {
            List<Pair<String, Long>> pairs = IntStream.range(0, 3000)
                    .mapToObj(i -> new Pair<>("key " + i, 1L))
                    .toList();
            shuffling.writeCombined(EIGHT, Aggregator.reducing(Long::sum), pairs);
        }
        assertThat(files()).hasSize(1 + 8);
        LocalDirectories none = new LocalDirectories(List.of(bad), "c", Shuffling.NODE);
        assertThatThrownBy(() -> new Shuffling(none, 0).write(EIGHT, List.of()))
                .hasMessageContaining("local disks of node " + Shuffling.NODE);
    }

    @Test
    void blamesNoDiskWhenTheWriterIsStopped() throws IOException {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        Iterator<Pair<String, String>> stopping = IntStream.range(0, 5000)
                .mapToObj(i -> {
                    Thread.currentThread().interrupt();
                    return new Pair<>("k" + i, "v".repeat(100));
                })
                .iterator();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            ShuffleWriter writer = new ShuffleWriter(shuffling.directories, shuffling.format, memory, FrameCodec.LZ4);
            assertThatThrownBy(() -> writer.write("m1", EIGHT, stopping)).isInstanceOf(RaddleException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        shuffling.write(EIGHT, List.of(new Pair<>("k", 1)));
        assertThat(files()).hasSize(2);
    }

    @Test
    void dropsAShuffleAndNoOther() throws IOException {
        Shuffling shuffling = new Shuffling(root, 1 << 20);
        shuffling.write(EIGHT, List.of(new Pair<>("k", 1)));
        shuffling.write(EIGHT, List.of(new Pair<>("k", 2)));
        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleWriter(shuffling.directories, shuffling.format, memory, FrameCodec.LZ4)
                    .write(
                            MapId.of(Shuffling.PREFIX, new ShuffleId(70), 0, 0),
                            EIGHT,
                            List.of().iterator());
        }
        ShuffleFiles outputs = new ShuffleFiles(shuffling.directories);
        assertThat(outputs.dropShuffle(Shuffling.PREFIX, new ShuffleId(7))).isEqualTo(2);
        assertThat(outputs.dropShuffle(Shuffling.PREFIX, new ShuffleId(7))).isZero();
        assertThat(files()).hasSize(2);
    }
}
