package io.raddle.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.NodeId;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.Reservation;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shuffle.LocalDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept, what is evicted, and what happens when there is no room or a disk fails. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BlockStoreTest {
    private static final RecordFormat FORMAT = new RecordFormat(BlockStoreTest.class.getClassLoader());
    private static final long MIB = 1 << 20;

    @TempDir
    Path disk;

    private final MemoryBudget budget = new MemoryBudget(4 * MIB, 2);
    private final AtomicInteger computed = new AtomicInteger();
    private final Map<String, String> told = new TreeMap<>();

    private BlockStore store() {
        return new BlockStore(
                budget, new LocalDirectories(List.of(disk), "container", new NodeId("host", 1)), new Told(told));
    }

    /** Writes down where each block is. */
    private record Told(Map<String, String> places) implements BlockListener {
        @Override
        public void kept(BlockId block, long memoryBytes, long diskBytes) {
            places.put(name(block), (memoryBytes > 0 ? "memory" : "") + (diskBytes > 0 ? "disk" : ""));
        }

        @Override
        public void gone(BlockId block) {
            places.put(name(block), "gone");
        }

        private static String name(BlockId block) {
            return block.storage() + "/" + block.partition();
        }
    }

    static Stream<Storage> levels() {
        return Stream.of(
                level(0, true, false, false),
                level(0, true, false, true),
                level(0, true, true, false),
                level(0, true, true, true),
                level(0, false, true, true));
    }

    static Storage level(int id, boolean memory, boolean onDisk, boolean serialized) {
        return Storage.newBuilder()
                .setId(id)
                .setMemory(memory)
                .setDisk(onDisk)
                .setSerialized(serialized)
                .build();
    }

    private static List<Object> records(int from, int count) {
        return new ArrayList<>(IntStream.range(from, from + count)
                .mapToObj(each -> "record number " + each)
                .toList());
    }

    private List<Object> read(BlockStore store, Storage level, int partition, List<Object> records) {
        try (TaskMemory task = budget.openTask()) {
            List<Object> all = new ArrayList<>();
            open(store, level, partition, records, task).forEachRemaining(all::add);
            return all;
        }
    }

    private Iterator<?> open(BlockStore store, Storage level, int partition, List<Object> records, TaskMemory task) {
        try {
            return store.read(new BlockId(level.getId(), partition), level, FORMAT, task, () -> {
                computed.incrementAndGet();
                return records.iterator();
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("levels")
    void everyLevelGivesWhatWasComputedOnce(Storage level) {
        BlockStore store = store();
        for (int size : new int[] {0, 1, 10, 5000}) {
            List<Object> records = records(0, size);
            int before = computed.get();
            for (int round = 0; round < 3; round++) {
                assertThat(read(store, level, size, records)).isEqualTo(records);
            }
            assertThat(computed.get() - before).isEqualTo(1);
        }
        store.clear();
        assertThat(budget.storedBytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void everyLevelGivesTheRecordsOfManyMorePartitionsThanFit(Storage level) {
        BlockStore store = store();
        for (int round = 0; round < 2; round++) {
            for (int partition = 0; partition < 12; partition++) {
                List<Object> records = records(partition * 20_000, 20_000);
                assertThat(read(store, level, partition, records)).isEqualTo(records);
                assertThat(budget.storedBytes()).isBetween(0L, budget.totalBytes());
            }
        }
        if (level.getDisk()) {
            assertThat(computed).hasValue(12);
        } else {
            assertThat(computed).hasValueBetween(13, 24);
        }
        store.clear();
        assertThat(budget.storedBytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void tellsOfNoBlockThatItLetsGoWhenItCloses(Storage level) {
        BlockStore store = store();
        read(store, level, 0, records(0, 10));
        read(store, level, 1, records(0, 5000));
        Map<String, String> before = new TreeMap<>(told);

        store.close();

        assertThat(told).isEqualTo(before);
        assertThat(budget.storedBytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void aPartitionTooLargeForMemoryPassesThroughAndIsNotKept() {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        List<Object> large = records(0, 100_000);

        assertThat(read(store, level, 0, large)).isEqualTo(large);
        assertThat(told).doesNotContainKey("1/0");
        assertThat(budget.storedBytes()).isZero();
        assertThat(read(store, level, 0, large)).isEqualTo(large);
        assertThat(computed).hasValue(2);
    }

    @Test
    void aPartitionTooLargeForMemoryGoesToDiskWhereTheLevelSaysSo() {
        BlockStore store = store();
        Storage level = level(1, true, true, false);
        List<Object> large = records(0, 100_000);

        read(store, level, 0, large);

        assertThat(told).containsEntry("1/0", "disk");
        assertThat(read(store, level, 0, large)).isEqualTo(large);
        assertThat(computed).hasValue(1);
        assertThat(budget.storedBytes()).isZero();
    }

    @Test
    void theLeastRecentlyUsedBlockOfAnotherStorageIsEvictedFirst() {
        BlockStore store = store();
        List<Object> records = records(0, 12_000);
        read(store, level(1, true, false, false), 0, records);
        read(store, level(2, true, true, false), 0, records);
        read(store, level(1, true, false, false), 0, records);

        read(store, level(3, true, false, false), 0, records(0, 40_000));

        assertThat(told).containsEntry("2/0", "disk");
        assertThat(read(store, level(2, true, true, false), 0, records)).isEqualTo(records);
    }

    @Test
    void blocksOfTheSameStorageDoNotEvictEachOther() {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        for (int partition = 0; partition < 8; partition++) {
            read(store, level, partition, records(0, 12_000));
        }
        assertThat(told).containsEntry("1/0", "memory").doesNotContainKey("1/7").doesNotContainValue("gone");
    }

    @Test
    void tasksThatNeedMemoryEvictWhatNobodyReads() {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        for (int partition = 0; partition < 8; partition++) {
            read(store, level, partition, records(0, 8_000));
        }
        long before = budget.storedBytes();
        assertThat(before).isGreaterThan(3 * MIB);
        try (TaskMemory task = budget.openTask();
                Reservation held = task.reservation()) {
            assertThat(held.tryHold(2 * MIB)).isTrue();
            assertThat(budget.storedBytes()).isBetween(MIB, 2 * MIB);
        }
        assertThat(told).containsEntry("1/0", "gone");
    }

    @Test
    void whatATaskReadsIsNotTakenFromUnderIt() {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        List<Object> records = records(0, 50_000);
        read(store, level, 0, records);
        try (TaskMemory reader = budget.openTask();
                TaskMemory other = budget.openTask()) {
            Iterator<?> reading = open(store, level, 0, records, reader);
            assertThat(reading.next()).isEqualTo(records.get(0));

            assertThat(other.reservation().tryHold(2 * MIB)).isFalse();
            store.drop(List.of(1));

            assertThat(told).containsEntry("1/0", "gone");
            assertThat(budget.storedBytes()).isGreaterThan(2 * MIB);
            List<Object> rest = new ArrayList<>();
            reading.forEachRemaining(rest::add);
            assertThat(rest).hasSize(49_999);
            assertThat(budget.storedBytes()).as("it was read to its end").isZero();
        }
    }

    @Test
    void tasksWaitForTheOneThatComputes() throws Exception {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<List<Object>>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> {
                try (TaskMemory task = budget.openTask()) {
                    List<Object> all = new ArrayList<>();
                    store.read(new BlockId(1, 0), level, FORMAT, task, () -> {
                                computed.incrementAndGet();
                                begun.countDown();
                                await().until(() -> go.getCount() == 0);
                                return records(0, 10).iterator();
                            })
                            .forEachRemaining(all::add);
                    return all;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        begun.await();
        assertThat(readers).noneMatch(CompletableFuture::isDone);
        go.countDown();

        for (CompletableFuture<List<Object>> reader : readers) {
            assertThat(reader.get()).isEqualTo(records(0, 10));
        }
        assertThat(computed).hasValue(1);
    }

    @Test
    void aComputationThatFailsLeavesTheBlockToTheNext() {
        BlockStore store = store();
        Storage level = level(1, true, true, false);
        try (TaskMemory task = budget.openTask()) {
            assertThatThrownBy(() -> store.read(new BlockId(1, 0), level, FORMAT, task, () -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
        }
        assertThat(read(store, level, 0, records(0, 10))).isEqualTo(records(0, 10));
        assertThat(budget.storedBytes()).isPositive();
        store.clear();
        assertThat(budget.storedBytes()).isZero();
    }

    @Test
    void aDamagedFileIsFoundOutAndComputedAgain() throws IOException {
        BlockStore store = store();
        Storage level = level(1, false, true, true);
        List<Object> records = records(0, 10);
        read(store, level, 0, records);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(read(store, level, 0, records)).isEqualTo(records);
        assertThat(computed).hasValue(2);
        assertThat(read(store, level, 0, records)).isEqualTo(records);
        assertThat(computed).hasValue(2);
    }

    @Test
    void damageThatIsFoundHalfWayFailsTheTaskAndTheNextComputes() throws IOException {
        BlockStore store = store();
        Storage level = level(1, false, true, true);
        List<Object> records = records(0, 50_000);
        read(store, level, 0, records);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));

        assertThatThrownBy(() -> read(store, level, 0, records))
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.BlockLost.class));
        assertThat(told).containsEntry("1/0", "gone");
        assertThat(read(store, level, 0, records)).isEqualTo(records);
        assertThat(computed).hasValue(2);
    }

    @Test
    void aDiskThatCannotBeWrittenKeepsNothingAndLosesNothing() throws IOException {
        Path file = Files.createFile(disk.resolve("a file where the directory should be"));
        BlockStore store = new BlockStore(
                budget, new LocalDirectories(List.of(file), "container", new NodeId("host", 1)), new Told(told));
        List<Object> records = records(0, 100);

        assertThat(read(store, level(1, false, true, true), 0, records)).isEqualTo(records);
        assertThat(computed).as("what went into the file is computed again").hasValue(2);
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsDroppedWhileItIsComputedIsNotKept() {
        BlockStore store = store();
        Storage level = level(1, true, false, false);
        try (TaskMemory task = budget.openTask()) {
            List<Object> all = new ArrayList<>();
            store.read(new BlockId(1, 0), level, FORMAT, task, () -> {
                        store.renew(List.of(1));
                        return records(0, 10).iterator();
                    })
                    .forEachRemaining(all::add);
            assertThat(all).isEqualTo(records(0, 10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(told).isEmpty();
        assertThat(budget.storedBytes()).isZero();
        read(store, level, 0, records(0, 10));
        assertThat(told).containsEntry("1/0", "memory");
        store.drop(List.of(1));
        read(store, level, 0, records(0, 10));
        assertThat(told).containsEntry("1/0", "gone");
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
