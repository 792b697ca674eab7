package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.UserCode.Gate;
import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.config.Configuration;
import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import io.raddle.proto.AccumulatorStatus;
import io.raddle.shared.Broadcast;
import io.raddle.shared.CollectionAccumulator;
import io.raddle.shared.LongAccumulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shared values over two executors, of which one may die, and over a long session. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedUnderFailureTest {
    private LocalSessions.Local local;
    private Session session;

    @BeforeEach
    void open() {
        local = LocalSessions.start("test", 2, 2, Configuration.defaults(), List.of());
        local.host().install();
        session = Session.builder().name("shared").master("yarn").build();
        Gate.shut();
    }

    @AfterEach
    void close() {
        Gate.open();
        session.close();
        local.close();
    }

    private Rdd<Integer> numbers(int count, int partitions) {
        return session.parallelize(IntStream.range(0, count).boxed().toList(), partitions);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aBroadcastIsThereForTasksOfAnExecutorThatCameLater() {
        byte[] value = random(20 << 20);
        Broadcast<byte[]> broadcast = session.broadcast(value);
        Rdd<Integer> hashes = numbers(8, 8)
                .map(Gate::pass)
                .map(each -> Arrays.hashCode(broadcast.value()))
                .distinct();
        CompletableFuture<List<Integer>> job = CompletableFuture.supplyAsync(hashes::collect);
        await().until(() -> Gate.waiting() >= 4);

        local.cluster().kill(new ExecutorId(1));
        Gate.open();

        assertThat(job.join()).containsExactly(Arrays.hashCode(value));
        // Peers that were known to have it are gone too.
        local.cluster().kill(new ExecutorId(2));
        assertThat(hashes.map(each -> each).collect()).containsExactly(Arrays.hashCode(value));
    }

    @Test
    void recomputedMapTasksOfAKilledExecutorAddNothingMore() {
        LongAccumulator mapped = session.longAccumulator("mapped");
        CollectionAccumulator<Integer> tens = session.collectionAccumulator();
        PairRdd<Integer, Integer> sums = numbers(1000, 8)
                .mapToPair(each -> {
                    mapped.add(1);
                    if (each % 10 == 0) {
                        tens.add(each);
                    }
                    return Pair.of(each % 10, each);
                })
                .reduceByKey(Integer::sum, 4);
        assertThat(sums.count()).isEqualTo(10);

        local.cluster().kill(new ExecutorId(1));
        local.cluster().kill(new ExecutorId(2));

        assertThat(sums.mapValues(each -> each + 1).count()).isEqualTo(10);
        assertThat(mapped.value()).isEqualTo(1000);
        assertThat(tens.value()).hasSize(100).doesNotHaveDuplicates();
        await().untilAsserted(
                        () -> assertThat(local.host().application().status().getAccumulatorsList())
                                .containsExactly(AccumulatorStatus.newBuilder()
                                        .setName("mapped")
                                        .setValue("1000")
                                        .build()));
    }

    @Test
    void tasksThatRunAgainAddOnce() {
        LongAccumulator count = session.longAccumulator();
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(() -> numbers(40, 8)
                .map(each -> {
                    count.add(1);
                    return Gate.pass(each);
                })
                .count());
        await().until(() -> Gate.waiting() >= 4);
        local.cluster().kill(new ExecutorId(1));
        Gate.open();

        assertThat(job.join()).isEqualTo(40);
        assertThat(count.value()).isEqualTo(40);
    }

    @Test
    void aLongSessionLeavesFewFiles() {
        for (int i = 0; i < 200; i++) {
            int round = i;
            Broadcast<byte[]> broadcast = session.broadcast(random(100_000 + i));
            LongAccumulator count = session.longAccumulator("round " + i);
            long keys = numbers(100, 4)
                    .mapToPair(each -> {
                        count.add(broadcast.value().length > 0 ? 1 : 0);
                        return Pair.of(each % 10, each + round);
                    })
                    .reduceByKey(Integer::sum)
                    .count();
            assertThat(keys).isEqualTo(10);
            assertThat(count.value()).isEqualTo(100);
        }
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            System.gc();
            assertThat(files("file.out")).isLessThan(40);
            assertThat(files("piece-0")).isLessThan(10);
            // Hadoop's configuration, and what the last rounds left.
            assertThat(filesBelow(local.directory().resolve("driver"))).isLessThan(20);
            assertThat(local.host().application().status().getAccumulatorsCount())
                    .isLessThan(10);
        });
    }

    private long files(String name) {
        return walk(local.directory(), name);
    }

    private static long filesBelow(Path directory) {
        return walk(directory, "");
    }

    private static long walk(Path directory, String name) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            name.isEmpty() || file.getFileName().toString().equals(name))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            // A file that was there a moment ago is being deleted.
            return Long.MAX_VALUE;
        }
    }
}
