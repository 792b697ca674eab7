package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.ExecutorInfo;
import io.raddle.FutureResult;
import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.StorageLevel;
import io.raddle.cluster.LocalCluster;
import io.raddle.config.Configuration;
import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several executors keep partitions, lose them and run short of memory, and every job reads the same records. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KeptPartitionsTest {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final int RECORDS = 20_000;

    private LocalSessions.Local local;
    private Session session;

    @BeforeEach
    void reset() {
        CALLS.set(0);
    }

    private void start(int executors, long engineBytes) {
        local = LocalSessions.start(
                "test",
                executors,
                1,
                Configuration.defaults(),
                List.of(),
                (directory, secret, loader, most, slots) ->
                        new LocalCluster(directory, secret, loader, most, slots, engineBytes));
        local.host().install();
        session = Session.builder().build();
    }

    @AfterEach
    void end() {
        session.close();
        local.close();
    }

    private Rdd<String> words(int partitions) {
        return session.parallelize(IntStream.range(0, RECORDS).boxed().toList(), partitions)
                .map(each -> {
                    CALLS.incrementAndGet();
                    return "word " + each;
                });
    }

    private static List<String> expected() {
        return IntStream.range(0, RECORDS).mapToObj(each -> "word " + each).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aKilledExecutorsPartitionsAreComputedAgain(StorageLevel level) {
        start(3, 64 << 20);
        Rdd<String> kept = words(6).persist(level);
        kept.count();

        local.cluster().kill(new ExecutorId(1));

        assertThat(kept.collect()).isEqualTo(expected());
        assertThat(kept.collect()).isEqualTo(expected());
    }

    private static CountDownLatch gate = new CountDownLatch(1);

    private static final AtomicInteger WAITING = new AtomicInteger();

    private static void pass(CountDownLatch latch) throws InterruptedException {
        WAITING.incrementAndGet();
        assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    }

    /** Runs something while one executor of one slot is busy with something else. */
    private void whileOneIsBusy(Runnable what) throws Exception {
        gate = new CountDownLatch(1);
        WAITING.set(0);
        FutureResult<Void> other = session.parallelize(List.of(1), 1).foreachAsync(each -> pass(gate));
        await().atMost(Duration.ofSeconds(60)).until(() -> WAITING.get() == 1);
        what.run();
        gate.countDown();
        other.get();
    }

    /** Reads each partition while the partition before waits, so that one executor cannot read them all. */
    private static <T> List<T> readApart(Rdd<T> kept) {
        gate = new CountDownLatch(1);
        return kept.<T>mapPartitionsWithIndex((partition, records) -> {
                    List<T> all = new ArrayList<>();
                    records.forEachRemaining(all::add);
                    if (partition == 0) {
                        pass(gate);
                    } else {
                        gate.countDown();
                    }
                    return all.iterator();
                })
                .collect();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aTaskThatRunsElsewhereReadsWhatIsKeptFromItsHolder(StorageLevel level) throws Exception {
        start(2, 64 << 20);
        Rdd<String> kept = words(2).persist(level);
        whileOneIsBusy(kept::count);
        assertThat(CALLS).hasValue(RECORDS);

        assertThat(readApart(kept)).isEqualTo(expected());

        assertThat(CALLS).as("nothing was computed again").hasValue(RECORDS);
    }

    private static Stream<StorageLevel> copied() {
        return Stream.of(StorageLevel.values()).filter(level -> level.replication() == 2);
    }

    private void awaitCopies(int all) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> session.statusTracker().getExecutorInfos().stream()
                                .mapToInt(ExecutorInfo::keptPartitions)
                                .sum()
                        == all);
    }

    @ParameterizedTest
    @MethodSource("copied")
    void theLossOfOneOfTwoHoldersCostsNoRecomputation(StorageLevel level) throws Exception {
        start(3, 64 << 20);
        Rdd<String> kept = words(6).persist(level);
        kept.count();
        assertThat(CALLS).hasValue(RECORDS);
        awaitCopies(12);

        local.cluster().kill(new ExecutorId(1));

        assertThat(kept.collect()).isEqualTo(expected());
        assertThat(CALLS).as("nothing was computed again").hasValue(RECORDS);
        awaitCopies(12);
        local.cluster().kill(new ExecutorId(2));
        assertThat(kept.collect()).isEqualTo(expected());
        assertThat(CALLS).as("a further copy was made in time").hasValue(RECORDS);
    }

    @ParameterizedTest
    @MethodSource("copied")
    void oneExecutorAloneKeepsOneCopyAndLetsGoOfAll(StorageLevel level) throws IOException {
        start(1, 64 << 20);
        Rdd<String> kept = words(3).persist(level);

        assertThat(kept.collect()).isEqualTo(expected());
        assertThat(kept.collect()).isEqualTo(expected());

        assertThat(CALLS).hasValue(RECORDS);
        kept.unpersist(true);
        assertThat(blockFiles()).isEmpty();
        assertThat(kept.collect()).isEqualTo(expected());
    }

    @Test
    void whatIsDerivedFromKeptPartitionsReadsThemFromTheirHoldersWhenItIsKeptForTheFirstTime() throws Exception {
        start(2, 64 << 20);
        Rdd<String> kept = words(2).cache();
        whileOneIsBusy(kept::count);

        Rdd<String> derived = kept.map(each -> each + "!").cache();

        assertThat(readApart(derived))
                .isEqualTo(expected().stream().map(each -> each + "!").toList());
        assertThat(CALLS).as("nothing was computed again").hasValue(RECORDS);
    }

    @Test
    void aShuffleBehindKeptPartitionsIsComputedAgainWhereBothAreLost() {
        start(2, 64 << 20);
        PairRdd<Integer, Integer> sums = words(4).mapToPair(each -> Pair.of(each.length(), 1))
                .reduceByKey(Integer::sum, 4)
                .cache();
        Map<Integer, Integer> before = sums.collectAsMap();

        local.cluster().kill(new ExecutorId(1));
        Map<Integer, Integer> between = sums.collectAsMap();
        local.cluster().kill(new ExecutorId(2));

        assertThat(between).isEqualTo(before);
        assertThat(sums.collectAsMap()).isEqualTo(before);
        assertThat(before.values().stream().mapToInt(each -> each).sum()).isEqualTo(RECORDS);
    }

    @ParameterizedTest
    @EnumSource
    void moreThanMemoryHoldsIsReadAlike(StorageLevel level) throws IOException {
        start(2, 96 << 10);
        Rdd<String> kept = words(8).persist(level);
        Rdd<String> other = kept.map(each -> each + "!").persist(level);

        for (int round = 0; round < 3; round++) {
            assertThat(kept.collect()).isEqualTo(expected());
            assertThat(other.count()).isEqualTo(RECORDS);
        }

        if (level.useDisk()) {
            assertThat(blockFiles()).isNotEmpty();
        } else {
            assertThat(blockFiles()).isEmpty();
            assertThat(CALLS).as("records computed anew").hasValueGreaterThan(RECORDS);
        }
    }

    @Test
    void filesOfWhatNobodyCanReachAreDeletedWhileTheSessionGoesOn() throws IOException {
        start(2, 64 << 20);
        for (int round = 0; round < 5; round++) {
            PairRdd<Integer, Integer> sums = words(4).persist(StorageLevel.DISK_ONLY)
                    .mapToPair(each -> Pair.of(each.length(), 1))
                    .reduceByKey(Integer::sum, 3);
            assertThat(sums.collectAsMap()).hasSize(5);
        }
        assertThat(files()).isNotEmpty();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(files()).isEmpty();
        });
        assertThat(words(1).count()).isEqualTo(RECORDS);
    }

    private List<Path> files() throws IOException {
        Path disk = local.directory().resolve("disk");
        if (!Files.exists(disk)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            // One was deleted under the walk: look again.
            return files();
        }
    }

    private List<Path> blockFiles() throws IOException {
        return files().stream()
                .filter(each -> each.getFileName().toString().startsWith("block-"))
                .toList();
    }
}
