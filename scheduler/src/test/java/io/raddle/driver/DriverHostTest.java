package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import com.example.UserCode.Gate;
import io.raddle.PairRdd;
import io.raddle.Rdd;
import io.raddle.Session;
import io.raddle.config.Configuration;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriverHostTest {
    private LocalSessions.Local local;
    private Session session;

    @BeforeEach
    void open() {
        local = LocalSessions.start("test", 2, 2, Configuration.defaults(), List.of());
        local.host().install();
        session = Session.builder().name("hosted").master("yarn").build();
        Gate.shut();
    }

    @AfterEach
    void close() {
        Gate.open();
        session.close();
        local.close();
    }

    @Test
    void runsTasksOfAKilledExecutorElsewhere() {
        CompletableFuture<List<Integer>> job = CompletableFuture.supplyAsync(
                () -> numbers(40, 8).map(Gate::pass).map(each -> each + 1).collect());
        await().until(() -> Gate.waiting() >= 4);

        local.cluster().kill(new ExecutorId(1));
        Gate.open();

        assertThat(job.join()).isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
    }

    @Test
    void goesOnWhenAllExecutorsWereKilled() {
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(
                () -> numbers(40, 8).map(Gate::pass).count());
        await().until(() -> Gate.waiting() >= 4);

        local.cluster().kill(new ExecutorId(1));
        local.cluster().kill(new ExecutorId(2));
        Gate.open();

        assertThat(job.join()).isEqualTo(40);
    }

    @Test
    void computesMapOutputsOfAKilledExecutorAgain() {
        PairRdd<Integer, Integer> sums =
                numbers(1000, 8).mapToPair(each -> Pair.of(each % 10, each)).reduceByKey(Integer::sum, 4);
        Map<Integer, Integer> expected = IntStream.range(0, 1000)
                .boxed()
                .collect(Collectors.toMap(each -> each % 10, each -> each, Integer::sum));
        assertThat(sums.collectAsMap()).isEqualTo(expected);

        local.cluster().kill(new ExecutorId(1));

        assertThat(sums.collectAsMap()).isEqualTo(expected);
        assertThat(sums.mapValues(each -> each + 1).keys().count()).isEqualTo(10);
    }

    @Test
    void readsAShuffleWithoutComputingItTwice() {
        PairRdd<Integer, Integer> sums =
                numbers(100, 3).mapToPair(each -> Pair.of(each % 10, each)).reduceByKey(Integer::sum);
        sums.count();
        await().until(() -> status().getTasksDone() == 6);

        sums.count();

        await().untilAsserted(() -> assertThat(status().getTasksDone()).isEqualTo(9));
    }

    @Test
    void cancelsWhatRunsWhenTheApplicationIsCancelled() {
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(
                () -> numbers(4, 4).map(Gate::pass).count());
        await().until(() -> Gate.waiting() == 4);

        local.host().application().cancel("alice");

        assertThatThrownBy(job::join)
                .cause()
                .isInstanceOfSatisfying(
                        RaddleException.class, e -> assertThat(e.fault()).isEqualTo(new Cause.Cancelled("alice")));
        assertThat(status().getState()).isEqualTo(State.CANCELLING);
        assertThatThrownBy(() -> numbers(1, 1).count()).hasMessageContaining("alice");
    }

    @Test
    void tellsWatchersOfStagesByTheNamesThatTheProgramKnows() {
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(
                () -> numbers(4, 4).map(Gate::pass).count());
        await().until(() -> status().getStagesList().stream().anyMatch(stage -> stage.getRunning() == 4));

        StageProgress stage = status().getStages(0);
        assertThat(stage.getName()).startsWith("count at DriverHostTest.java:");
        assertThat(stage.getTasks()).isEqualTo(4);
        assertThat(status().getState()).isEqualTo(State.RUNNING);
        assertThat(status().getJobsRunning()).isOne();
        assertThat(status().getExecutorsList()).hasSize(2);
        Gate.open();
        job.join();

        await().untilAsserted(() -> {
            assertThat(status().getJobsDone()).isOne();
            assertThat(status().getStages(0).getComplete()).isTrue();
        });
    }

    @Test
    void tellsWatchersWhichExecutorWasLost() {
        await().until(() -> status().getExecutorsList().stream()
                        .filter(ExecutorStatus::getAttached)
                        .count()
                == 2);

        local.cluster().kill(new ExecutorId(1));

        await().untilAsserted(() -> assertThat(status().getLossesList())
                .singleElement()
                .satisfies(loss -> {
                    assertThat(loss.getNumber()).isOne();
                    assertThat(loss.getExecutor()).isOne();
                    assertThat(loss.getCause().getHappened()).contains("executor");
                }));
    }

    @Test
    void keepsItsFirstEnd() throws Exception {
        local.host().finish(State.FAILED, 3, Optional.of(new Cause.UserExit(3)));
        local.host().finish(State.SUCCEEDED, 0, Optional.empty());

        assertThat(status().getState()).isEqualTo(State.FAILED);
        assertThat(status().getExitCode()).isEqualTo(3);
        assertThat(status().getCause().getUserExit().getCode()).isEqualTo(3);
        assertThat(local.host().awaitFarewell(Duration.ofMillis(1), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    void opensSessionsOneAfterTheOther() {
        session.close();

        try (Session second = Session.builder().build()) {
            assertThat(second.parallelize(List.of(1, 2)).count()).isEqualTo(2);
        }
        assertThatThrownBy(() -> numbers(1, 1).count()).hasMessageContaining("session is closed");
    }

    @Test
    void cancelsTheJobsOfASessionThatIsClosed() {
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(
                () -> numbers(4, 4).map(Gate::pass).count());
        await().until(() -> Gate.waiting() == 4);

        session.close();

        assertThatThrownBy(() -> job.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        RaddleException.class,
                        e -> assertThat(e.fault()).isEqualTo(new Cause.Cancelled("the close of its session")));
        try (Session second = Session.builder().build()) {
            assertThat(second.parallelize(List.of(1, 2)).count()).isEqualTo(2);
        }
    }

    @Test
    void honoursWhatASessionSetsInCode() {
        try (Session second = Session.builder()
                .config("raddle.default.parallelism", "7")
                .config("raddle.result.max", "1m")
                .config("raddle.task.max.attempts", "1")
                .build()) {
            assertThat(second.defaultParallelism()).isEqualTo(7);
            Rdd<Integer> many = second.parallelize(List.of(0, 0, 0, 0), 4);
            assertThatThrownBy(() -> many.map(each -> new byte[1 << 19]).collect())
                    .hasMessageContaining("more than 1 MiB");
            assertThatThrownBy(() -> many.map(UserCode::divide).collect())
                    .isInstanceOfSatisfying(
                            RaddleException.class,
                            e -> assertThat(e.fault())
                                    .isInstanceOfSatisfying(
                                            Cause.TaskFailed.class,
                                            failed -> assertThat(failed.attempts())
                                                    .isOne()));
        }
        assertThat(session.defaultParallelism()).isEqualTo(4);
    }

    @Test
    void dropsTheFilesOfAShuffleThatNobodyCanReach() {
        numbers(100, 3).mapToPair(each -> Pair.of(each % 10, each)).groupByKey().count();
        assertThat(mapOutputs()).isPositive();

        await().untilAsserted(() -> {
            System.gc();
            assertThat(mapOutputs()).isZero();
        });
    }

    private long mapOutputs() {
        try (Stream<Path> files = Files.walk(local.directory())) {
            return files.filter(file -> file.getFileName().toString().equals("file.out"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            // A file that was there a moment ago is being deleted.
            return 1;
        }
    }

    private ApplicationStatus status() {
        return local.host().application().status();
    }

    private Rdd<Integer> numbers(int count, int partitions) {
        return session.parallelize(IntStream.range(0, count).boxed().toList(), partitions);
    }
}
