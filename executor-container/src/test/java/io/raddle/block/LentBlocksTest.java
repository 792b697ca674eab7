package io.raddle.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.NodeId;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.BlockHolder;
import io.raddle.proto.KeptElsewhere;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockServer;
import io.raddle.transfer.PeerAddress;
import io.raddle.wire.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one executor keeps and another reads. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LentBlocksTest {
    private static final RecordFormat FORMAT = new RecordFormat(LentBlocksTest.class.getClassLoader());
    private static final int EPOCH = 3;
    private static final long MIB = 1 << 20;

    @TempDir
    Path disk;

    private final AtomicInteger computed = new AtomicInteger();
    private final Secret secret = Secret.random();
    private final BlockClient client = new BlockClient(secret, Duration.ofSeconds(30));
    private final List<BlockServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
        servers.forEach(BlockServer::close);
    }

    /** The memory and the blocks of one executor. */
    private final class Keeper {
        final MemoryBudget budget = new MemoryBudget(8 * MIB, 2);
        final BlockStore store;
        final BlockServer server;

        Keeper(String name) {
            store = new BlockStore(
                    budget,
                    new LocalDirectories(List.of(disk.resolve(name)), name, new NodeId("host", 1)),
                    new Silent());
            server = BlockServer.inProcess(secret, store.lending(() -> EPOCH));
            servers.add(server);
        }

        List<Object> read(Storage level, int partition, List<Object> records, BlockPeers peers) {
            try (TaskMemory task = budget.openTask()) {
                List<Object> all = new ArrayList<>();
                open(level, partition, records, peers, task).forEachRemaining(all::add);
                return all;
            }
        }

        Iterator<?> open(Storage level, int partition, List<Object> records, BlockPeers peers, TaskMemory task) {
            try {
                return store.read(new BlockId(level.getId(), partition), level, FORMAT, task, peers, () -> {
                    computed.incrementAndGet();
                    return records.iterator();
                });
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Silent() implements BlockListener {
        @Override
        public void kept(BlockId block, long memoryBytes, long diskBytes) {}

        @Override
        public void gone(BlockId block) {}
    }

    static Stream<Storage> levels() {
        return BlockStoreTest.levels();
    }

    private static List<Object> records(int from, int count) {
        return new ArrayList<>(IntStream.range(from, from + count)
                .mapToObj(each -> "record number " + each)
                .toList());
    }

    private static BlockHolder holder(int executor, PeerAddress address) {
        return BlockHolder.newBuilder()
                .setExecutor(executor)
                .setAddress(address.message())
                .build();
    }

    private BlockPeers peers(int partition, BlockHolder... holders) {
        return peers(EPOCH, partition, holders);
    }

    private BlockPeers peers(int epoch, int partition, BlockHolder... holders) {
        return new BlockPeers(
                client,
                epoch,
                List.of(KeptElsewhere.newBuilder()
                        .setStorage(0)
                        .setPartition(partition)
                        .addAllHolders(List.of(holders))
                        .build()));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void everyLevelIsReadFromItsHolderAndNotComputedAgain(Storage level) {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        for (int size : new int[] {0, 1, 10, 50_000}) {
            List<Object> records = records(0, size);
            holder.read(level, size, records, peers(0));
            int before = computed.get();

            assertThat(reader.read(level, size, records(7, 7), peers(size, holder(1, holder.server.address()))))
                    .isEqualTo(records);

            assertThat(computed).hasValue(before);
        }
        assertThat(reader.budget.storedBytes()).as("one executor keeps it").isZero();
        holder.store.clear();
        assertThat(holder.budget.storedBytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void recordsThatCannotBeHadAreComputedAndKept() {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        Storage level = BlockStoreTest.level(0, true, false, false);
        List<Object> records = records(0, 100);
        BlockHolder dead = holder(4, new PeerAddress("raddle-nobody", 0));
        BlockPeers peers = peers(5, dead, holder(1, holder.server.address()));

        assertThat(reader.read(level, 5, records, peers)).isEqualTo(records);

        assertThat(peers.inVain()).containsExactly(4, 1);
        assertThat(computed).hasValue(1);
        assertThat(reader.budget.storedBytes()).isPositive();
    }

    @Test
    void theNextHolderIsAskedWhenOneIsGone() {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        Storage level = BlockStoreTest.level(0, true, true, true);
        List<Object> records = records(0, 100);
        holder.read(level, 5, records, peers(0));
        BlockHolder dead = holder(4, new PeerAddress("raddle-nobody", 0));

        assertThat(reader.read(level, 5, records(7, 7), peers(5, dead, holder(1, holder.server.address()))))
                .isEqualTo(records);
        assertThat(computed).hasValue(1);
    }

    @Test
    void whatIsKeptForAnotherDriverIsNotLent() {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        Storage level = BlockStoreTest.level(0, true, false, true);
        holder.read(level, 5, records(0, 10), peers(0));

        BlockPeers ofNextDriver = peers(EPOCH + 1, 5, holder(1, holder.server.address()));

        assertThat(reader.read(level, 5, records(7, 7), ofNextDriver)).isEqualTo(records(7, 7));
    }

    @Test
    void aHolderThatBreaksOffIsNamedSinceItsRecordsWereHandedOut() {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        Storage level = BlockStoreTest.level(0, true, true, true);
        holder.read(level, 5, records(0, 200_000), peers(0));

        try (TaskMemory task = reader.budget.openTask()) {
            Iterator<?> records = reader.open(level, 5, List.of(), peers(5, holder(9, holder.server.address())), task);
            assertThat(records.next()).isEqualTo("record number 0");
            holder.server.close();
            assertThatThrownBy(() -> records.forEachRemaining(each -> {}))
                    .isInstanceOfSatisfying(
                            RaddleException.class,
                            e -> assertThat(e.fault())
                                    .isInstanceOfSatisfying(
                                            Cause.BlockLost.class,
                                            lost -> assertThat(lost.executors()).containsExactly(9)));
        }
        holder.store.clear();
        assertThat(holder.budget.storedBytes()).as("nobody reads it any more").isZero();
    }

    @Test
    void aBlockThatIsDroppedWhileItIsReadIsReadToItsEndAndItsMemoryFreed() {
        Keeper holder = new Keeper("holder");
        Keeper reader = new Keeper("reader");
        Storage level = BlockStoreTest.level(0, true, true, true);
        List<Object> records = records(0, 150_000);
        holder.read(level, 5, records, peers(0));

        try (TaskMemory task = reader.budget.openTask()) {
            Iterator<?> lent = reader.open(level, 5, List.of(), peers(5, holder(9, holder.server.address())), task);
            assertThat(lent.next()).isEqualTo(records.get(0));
            holder.store.drop(List.of(0));
            List<Object> rest = new ArrayList<>();
            lent.forEachRemaining(rest::add);
            assertThat(rest).isEqualTo(records.subList(1, records.size()));
        }
        assertThat(holder.budget.storedBytes()).isZero();
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
