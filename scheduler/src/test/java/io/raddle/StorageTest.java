package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is persisted is computed once, read alike by every job, and let go when nobody wants it any more. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StorageTest {
    /** How often user code was called: tasks of local mode run in this process. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Session session = Session.builder().master("local[2]").build();

    @BeforeEach
    void reset() {
        CALLS.set(0);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static <T> T counted(T record) {
        CALLS.incrementAndGet();
        return record;
    }

    private Rdd<Integer> counting(int records, int partitions) {
        return session.parallelize(IntStream.range(0, records).boxed().toList(), partitions)
                .map(StorageTest::counted);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void eachPartitionIsComputedOnceWhateverTheLevel(StorageLevel level) {
        Rdd<Integer> kept = counting(1000, 4).persist(level);

        List<Integer> first = kept.collect();
        assertThat(CALLS).hasValue(1000);
        assertThat(first).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(kept.collect()).isEqualTo(first);
        assertThat(kept.map(each -> each * 2).filter(each -> each % 4 == 0).count())
                .isEqualTo(500);
        assertThat(CALLS).hasValue(1000);
        assertThat(kept.getStorageLevel()).isIn(level, StorageLevel.MEMORY_AND_DISK_SER);
    }

    @Test
    void whatIsNotPersistedIsComputedByEachJob() {
        Rdd<Integer> plain = counting(10, 2).persist(StorageLevel.NONE);

        plain.count();
        plain.count();

        assertThat(CALLS).hasValue(20);
        assertThat(plain.getStorageLevel()).isEqualTo(StorageLevel.NONE);
        assertThat(session.getPersistentRdds()).isEmpty();
    }

    @Test
    void aJobThatNeedsOnePartitionKeepsOnlyThat() {
        Rdd<Integer> kept = counting(100, 4).cache();

        assertThat(kept.take(3)).containsExactly(0, 1, 2);
        assertThat(CALLS).hasValue(25);
        kept.count();
        assertThat(CALLS).hasValue(100);
    }

    @Test
    void whatIsDerivedFromItReadsIt() {
        PairRdd<Integer, Integer> grouped = counting(1000, 4)
                .mapToPair(each -> Pair.of(each % 10, each))
                .reduceByKey(Integer::sum, 3)
                .cache();

        assertThat(new TreeMap<>(asMap(grouped.collect()))).hasSize(10);
        assertThat(grouped.mapValues(each -> each + 1)
                        .filter(each -> each.key() == 3)
                        .collect())
                .containsExactly(Pair.of(
                        3,
                        IntStream.range(0, 1000).filter(each -> each % 10 == 3).sum() + 1));
        assertThat(CALLS).hasValue(1000);
    }

    @Test
    void valuesOfAGroupCanBeReadByLaterJobs() {
        PairRdd<Integer, Iterable<Integer>> grouped = counting(20_000, 4)
                .mapToPair(each -> Pair.of(each % 5, each))
                .groupByKey(new HashPartitioner(2))
                .cache();

        assertThat(grouped.count()).isEqualTo(5);
        for (int round = 0; round < 2; round++) {
            assertThat(grouped.mapValues(StorageTest::sum).collect())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 5)
                            .mapToObj(key -> Pair.of(
                                    key,
                                    IntStream.range(0, 20_000)
                                            .filter(each -> each % 5 == key)
                                            .asLongStream()
                                            .sum()))
                            .toList());
        }
        assertThat(CALLS).hasValue(20_000);
    }

    private static long sum(Iterable<Integer> values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void unionsOfWhatIsKeptReadEachPart() {
        Rdd<Integer> left = counting(100, 2).cache();
        Rdd<Integer> right = counting(50, 3).persist(StorageLevel.DISK_ONLY);
        Rdd<Integer> both = left.union(right).union(left).coalesce(2);

        assertThat(both.count()).isEqualTo(250);
        int calls = CALLS.get();
        assertThat(calls).isEqualTo(150);
        assertThat(both.persist().distinct().count()).isEqualTo(100);
        assertThat(both.count()).isEqualTo(250);
        assertThat(CALLS).hasValue(calls);
    }

    @Test
    void tasksThatAskForOnePartitionAtTheSameTimeComputeItOnce() {
        Rdd<Integer> slow =
                session.parallelize(List.of(1), 1).map(StorageTest::counted).cache();

        assertThat(slow.union(slow).collect()).containsExactly(1, 1);
        assertThat(CALLS).hasValue(1);
    }

    @Test
    void nullsAreKept() {
        List<String> records = new ArrayList<>(List.of("a", "b"));
        records.add(null);
        for (StorageLevel level : List.of(StorageLevel.MEMORY_ONLY, StorageLevel.DISK_ONLY)) {
            Rdd<String> kept = session.parallelize(records, 2).persist(level);
            kept.count();
            assertThat(kept.collect()).isEqualTo(records);
        }
    }

    @Test
    void unpersistLetsGoOfAllAndTheNextJobComputesAnew() {
        Rdd<Integer> kept = counting(100, 2).cache();
        kept.count();

        kept.unpersist(true);

        assertThat(kept.getStorageLevel()).isEqualTo(StorageLevel.NONE);
        kept.count();
        assertThat(CALLS).hasValue(200);
        kept.persist(StorageLevel.DISK_ONLY).count();
        kept.count();
        assertThat(CALLS).hasValue(300);
    }

    @Test
    void anotherLevelIsRefusedUntilItIsUnpersisted() {
        Rdd<Integer> kept = counting(1, 1).cache();

        assertThat(kept.cache()).isSameAs(kept);
        assertThatThrownBy(() -> kept.persist(StorageLevel.DISK_ONLY))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("MEMORY_ONLY already");
        assertThat(kept.unpersist().persist(StorageLevel.DISK_ONLY).getStorageLevel())
                .isEqualTo(StorageLevel.DISK_ONLY);
    }

    @Test
    void theSessionKnowsWhatIsPersistedAsLongAsItCanBeReached() {
        Rdd<Integer> kept = counting(10, 1).setName("kept").cache();
        WeakReference<Rdd<Integer>> forgotten =
                new WeakReference<>(counting(10, 1).cache());

        assertThat(session.getPersistentRdds()).containsValue(kept);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(forgotten.get()).isNull();
            assertThat(session.getPersistentRdds()).hasSize(1);
        });
        kept.unpersist();
        assertThat(session.getPersistentRdds()).isEmpty();
    }

    @Test
    void aFailedComputationIsNotKept() {
        Rdd<Integer> failing = session.parallelize(List.of(1, 2, 3), 1)
                .map(each -> {
                    if (counted(each) == 3 && CALLS.get() < 6) {
                        throw new IllegalStateException("not yet");
                    }
                    return each;
                })
                .cache();

        assertThat(failing.collect()).containsExactly(1, 2, 3);
        assertThat(failing.count()).isEqualTo(3);
        assertThat(CALLS).hasValue(6);
    }

    private static TreeMap<Integer, Integer> asMap(List<Pair<Integer, Integer>> pairs) {
        TreeMap<Integer, Integer> map = new TreeMap<>();
        pairs.forEach(pair -> map.put(pair.key(), pair.value()));
        return map;
    }
}
