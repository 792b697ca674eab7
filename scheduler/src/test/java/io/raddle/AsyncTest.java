package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.RaddleException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Actions beside the program give what those give that it waits for, and end when they are cancelled. */
class AsyncTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final AtomicLong SEEN = new AtomicLong();

    private Session session;

    @BeforeEach
    void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Rdd<Integer> stuck() {
        return session.parallelize(List.of(1, 2, 3, 4), 2).map(each -> {
            if (!NEVER.await(50, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody cancelled");
            }
            return each;
        });
    }

    @ParameterizedTest
    @MethodSource("io.raddle.Seeds#seeds")
    void giveWhatTheOthersGive(long seed) throws Exception {
        RandomData data = new RandomData(seed);
        List<Object> values = data.values();
        Rdd<Object> rdd = session.parallelize(values, data.partitions());
        int n = data.random().nextInt(20);

        FutureResult<List<Object>> collected = rdd.collectAsync();
        FutureResult<Long> counted = rdd.countAsync();
        FutureResult<List<Object>> taken = rdd.takeAsync(n);

        assertThat(collected.get()).isEqualTo(values);
        assertThat(counted.get(50, TimeUnit.SECONDS)).isEqualTo(values.size());
        assertThat(taken.get()).isEqualTo(values.stream().limit(n).toList());
        assertThat(collected.jobIds()).hasSize(1);
        assertThat(collected.isDone()).isTrue();
        assertThat(collected.cancel(true)).isFalse();
    }

    @Test
    void callFunctionsInExecutors() throws Exception {
        SEEN.set(0);
        Rdd<Integer> rdd = session.parallelize(List.of(1, 2, 3, 4), 2);

        rdd.foreachAsync(each -> SEEN.addAndGet(each)).get();
        rdd.foreachPartitionAsync(records -> records.forEachRemaining(each -> SEEN.addAndGet(100)))
                .get();

        assertThat(SEEN).hasValue(410);
    }

    @Test
    void freezeTheirFunctionsWhenTheyAreCalled() throws Exception {
        int[] captured = {1};
        FutureResult<List<Integer>> future =
                session.parallelize(List.of(1), 1).map(each -> captured[0]).collectAsync();
        captured[0] = 2;

        assertThat(future.get()).containsExactly(1);
    }

    @Test
    void endTheirJobsWhenTheyAreCancelled() throws Exception {
        FutureResult<Long> future = stuck().countAsync();
        int job = future.jobIds().get(0);
        assertThat(session.statusTracker().getActiveJobIds()).contains(job);
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        assertThat(future.cancel(true)).isTrue();

        assertThat(future.isCancelled()).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        await().atMost(40, TimeUnit.SECONDS)
                .until(() -> session.statusTracker().getActiveJobIds().isEmpty());
        assertThat(session.parallelize(List.of(1), 1).count()).isOne();
    }

    @Test
    void endBeforeTheirNextJobWhenTheyAreCancelled() {
        FutureResult<List<Integer>> future = stuck().takeAsync(3);
        await().atMost(40, TimeUnit.SECONDS).until(() -> !future.jobIds().isEmpty());

        future.cancel(false);

        await().atMost(40, TimeUnit.SECONDS)
                .until(() -> session.statusTracker().getActiveJobIds().isEmpty());
        assertThat(future.jobIds()).hasSize(1);
    }

    @Test
    void failWithTheCauseOfTheirJob() {
        FutureResult<Long> future =
                session.parallelize(List.of(1, 0), 1).map(each -> 1 / each).countAsync();

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RaddleException.class)
                .hasMessageContaining("by zero");
    }

    @Test
    void failWhenTheirSessionIsClosed() {
        Rdd<Integer> stuck = stuck();
        FutureResult<Long> future = stuck.countAsync();

        session.close();

        assertThatThrownBy(future::get).hasMessageContaining("Cancelled by");
        assertThatThrownBy(stuck::countAsync).hasMessageContaining("session is closed");
        assertThatThrownBy(() -> stuck.takeAsync(1)).hasMessageContaining("session is closed");
    }

    @Test
    void refuseFewerThanNoRecords() {
        assertThatThrownBy(() -> stuck().takeAsync(-1)).hasMessageContaining("-1 records");
    }
}
