package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.StorageLevel;
import io.raddle.cluster.LocalCluster;
import io.raddle.config.Configuration;
import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        }
    }

    private List<Path> blockFiles() throws IOException {
        return files().stream()
                .filter(each -> each.getFileName().toString().startsWith("block-"))
                .toList();
    }
}
