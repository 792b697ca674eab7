package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is a checkpoint is read from its files, and what it came from is known no more. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CheckpointTest {
    /** How often user code was called: tasks of local mode run in this process. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir
    Path directory;

    private final Session session = Session.builder().master("local[2]").build();

    @BeforeEach
    void reset() {
        CALLS.set(0);
        session.setCheckpointDir(directory.toUri().toString());
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Rdd<Integer> counting(int records, int partitions) {
        return session.parallelize(IntStream.range(0, records).boxed().toList(), partitions)
                .map(each -> {
                    CALLS.incrementAndGet();
                    return each;
                });
    }

    @Test
    void isComputedOnceAndReadByAllJobsFromTheFirstOn() {
        Rdd<Integer> saved = counting(1000, 3);
        saved.checkpoint();
        assertThat(saved.isCheckpointed()).isFalse();

        List<Integer> first = saved.collect();

        assertThat(first).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(saved.isCheckpointed()).isTrue();
        assertThat(Path.of(java.net.URI.create(saved.getCheckpointFile().orElseThrow())))
                .isDirectoryContaining("glob:**part-00002");
        assertThat(saved.map(each -> each * 2).filter(each -> each % 4 == 0).count())
                .isEqualTo(500);
        assertThat(CALLS).hasValue(1000);
    }

    @Test
    void isWrittenBeforeTheJobThatReachesItThroughAShuffle() {
        PairRdd<Integer, Integer> pairs = counting(300, 3).mapToPair(each -> Pair.of(each % 3, 1));
        pairs.checkpoint();
        PairRdd<Integer, Integer> sums = pairs.reduceByKey(Integer::sum, 2);
        sums.checkpoint();

        assertThat(sums.collectAsMap()).containsOnlyKeys(0, 1, 2).containsValues(100);
        assertThat(pairs.isCheckpointed()).isTrue();
        assertThat(sums.isCheckpointed()).isTrue();
        assertThat(sums.partitioner()).isPresent();
        assertThat(sums.mapValues(each -> each + 1).collectAsMap()).containsValues(101);
        assertThat(CALLS).hasValue(300);
    }

    @Test
    void keepsNullsAndEmptyPartitions() {
        List<String> records = new ArrayList<>(List.of("a", "b"));
        records.add(null);
        Rdd<String> saved = session.parallelize(records, 5);
        saved.checkpoint();

        assertThat(saved.collect()).isEqualTo(records);
        assertThat(saved.collect()).isEqualTo(records);
        assertThat(saved.getNumPartitions()).isEqualTo(5);
    }

    @Test
    void letsGoOfWhatItCameFrom() {
        Rdd<Integer> saved = counting(10, 2).repartition(2);
        WeakReference<Object> before =
                new WeakReference<>(saved.lineage.inputs().get(0));
        saved.checkpoint();
        saved.count();

        assertThat(saved.toDebugString()).doesNotContain("parallelize");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(before.get()).isNull();
        });
        assertThat(saved.collect()).hasSize(10);
        assertThat(CALLS).hasValue(10);
    }

    @Test
    void aJobThatDoesNotReachItDoesNotWriteIt() throws IOException {
        Rdd<Integer> saved = counting(10, 2);
        saved.checkpoint();

        session.parallelize(List.of(1), 1).count();

        assertThat(saved.isCheckpointed()).isFalse();
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfOneThatFailedAndTriesAgainWithTheNextJob() throws IOException {
        AtomicInteger limit = CALLS;
        limit.set(0);
        Rdd<Integer> failing = session.parallelize(List.of(1, 2), 2).map(each -> {
            if (CALLS.incrementAndGet() <= 16) {
                throw new IllegalStateException("not yet");
            }
            return each;
        });
        failing.checkpoint();

        assertThatThrownBy(failing::count).hasMessageContaining("not yet");
        assertThat(files()).isEmpty();
        CALLS.set(100);
        assertThat(failing.count()).isEqualTo(2);
        assertThat(failing.isCheckpointed()).isTrue();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aDamagedFileIsFoundOut() throws IOException {
        Rdd<Integer> saved = counting(100, 1);
        saved.checkpoint();
        saved.count();
        Path file = files().stream()
                .filter(each -> each.endsWith("part-00000"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.delete(file.resolveSibling(".part-00000.crc"));
        Files.write(file, bytes);

        assertThatThrownBy(saved::collect).isInstanceOf(RaddleException.class).hasMessageContaining("is damaged");
    }

    @Test
    void needsADirectoryThatNamesAFileSystem() {
        for (String wrong : List.of("", "nowhere://bucket/checkpoints")) {
            assertThatThrownBy(() -> session.setCheckpointDir(wrong)).isInstanceOf(RaddleException.class);
        }
    }

    @Test
    void isRefusedWithoutADirectoryAndBehindAShuffleThatWasMade() {
        try (Session other = Session.builder().master("local[1]").build()) {
            Rdd<Integer> homeless = other.parallelize(List.of(1), 1);
            assertThatThrownBy(homeless::checkpoint)
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("setCheckpointDir");
            assertThat(other.getCheckpointDir()).isEmpty();
        }
        Rdd<Integer> used = counting(10, 2);
        used.distinct(2).count();
        assertThatThrownBy(used::checkpoint)
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("through a shuffle already");
        assertThat(session.getCheckpointDir().orElseThrow())
                .contains(directory.getFileName().toString());
    }

    @Test
    void aLocalCheckpointIsKeptByExecutors() {
        Rdd<Integer> kept = counting(10, 2);
        kept.localCheckpoint();

        kept.count();
        assertThat(kept.count()).isEqualTo(10);
        assertThat(CALLS).hasValue(10);
        assertThat(kept.getStorageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK);
    }
}
