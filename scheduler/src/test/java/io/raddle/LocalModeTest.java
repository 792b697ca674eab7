package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModeTest {
    @Test
    void runsFunctionsOverEachRecord() {
        try (Session session = session()) {
            assertThat(session.parallelize(List.of(1, 2, 3, 4, 5), 3)
                            .map(each -> each * 10)
                            .filter(each -> each != 30)
                            .collect())
                    .containsExactly(10, 20, 40, 50);
        }
    }

    @Test
    void showsTheStackOfTheUserCodeThatThrew() {
        try (Session session = session()) {
            Rdd<Integer> failing = session.parallelize(List.of(3, 2, 1, 0), 2).map(UserCode::divide);

            assertThatThrownBy(failing::collect).isInstanceOfSatisfying(RaddleException.class, e -> {
                assertThat(e.fault()).isInstanceOfSatisfying(Cause.TaskFailed.class, failed -> {
                    assertThat(failed.partition()).isEqualTo(1);
                    assertThat(failed.attempts()).isEqualTo(4);
                    assertThat(failed.last()).isInstanceOf(Cause.UserException.class);
                });
                assertThat(e).hasMessageContaining("/ by zero");
                assertThat(e).rootCause().asString().contains("ArithmeticException", "com.example.UserCode.divide");
            });
            assertThat(session.parallelize(List.of(1)).count()).isOne();
        }
    }

    @Test
    void triesATaskOnlyAsOftenAsConfigured() {
        try (Session session = Session.builder()
                .master("local[1]")
                .config("raddle.task.max.attempts", "1")
                .build()) {
            Rdd<Integer> failing = session.parallelize(List.of(1), 1).map(LocalModeTest::fail);

            assertThatThrownBy(failing::count)
                    .isInstanceOfSatisfying(
                            RaddleException.class,
                            e -> assertThat(e.fault())
                                    .isInstanceOfSatisfying(
                                            Cause.TaskFailed.class,
                                            failed -> assertThat(failed.attempts())
                                                    .isOne()));
        }
    }

    @Test
    void cutsTextIntoSplitsOfTheConfiguredSizes(@TempDir Path directory) throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "a line\n".repeat(40_000));

        assertThat(partitions(text, 1, "raddle.text.split.max", "64k")).isEqualTo(5);
        assertThat(partitions(text, 10, "raddle.text.split.min", "1m")).isEqualTo(1);
    }

    private static int partitions(Path text, int asked, String key, String value) {
        try (Session session =
                Session.builder().master("local[1]").config(key, value).build()) {
            Rdd<String> lines = session.textFile("file://" + text, asked);
            assertThat(lines.count()).isEqualTo(40_000);
            return lines.getNumPartitions();
        }
    }

    @Test
    void refusesAFunctionThatCapturesTheSessionWhereItIsGiven() {
        try (Session session = session()) {
            Rdd<Integer> numbers = session.parallelize(List.of(1));

            assertThatThrownBy(() -> numbers.map(each -> session.name() + each))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("session lives in the driver")
                    .hasMessageContaining("LocalModeTest.java");
            assertThatThrownBy(() -> numbers.map(each -> numbers.count()))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("Rdd lives in the driver");
        }
    }

    @Test
    void freezesWhatAFunctionCapturesAtTheCall() {
        try (Session session = session()) {
            AtomicInteger factor = new AtomicInteger(2);
            Rdd<Integer> doubled = session.parallelize(List.of(1, 2)).map(each -> each * factor.get());

            factor.set(100);

            assertThat(doubled.collect()).containsExactly(2, 4);
        }
    }

    @Test
    void boundsTheBytesOfResults() {
        try (Session session = Session.builder()
                .master("local[2]")
                .config("raddle.result.max", "1m")
                .build()) {
            List<Integer> partitions = IntStream.range(0, 8).boxed().toList();
            Rdd<String> large = session.parallelize(partitions, 8).map(each -> "x".repeat(400_000));

            assertThatThrownBy(large::collect)
                    .isInstanceOfSatisfying(
                            RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.LimitExceeded.class))
                    .hasMessageContaining("raddle.result.max");
            assertThat(large.count()).isEqualTo(8);
        }
    }

    @Test
    void bringsResultsThatAreTooLargeForAReport() {
        try (Session session = session()) {
            List<String> large = session.parallelize(List.of(1, 2), 2)
                    .map(each -> String.valueOf(each).repeat(3_000_000))
                    .collect();

            assertThat(large).containsExactly("1".repeat(3_000_000), "2".repeat(3_000_000));
        }
    }

    @Test
    void computesALineageTenThousandMapsDeep() {
        try (Session session = session()) {
            Rdd<Integer> numbers = session.parallelize(List.of(1, 2, 3), 2);
            for (int i = 0; i < 10_000; i++) {
                numbers = numbers.map(each -> each + 1);
            }

            assertThat(numbers.collect()).containsExactly(10_001, 10_002, 10_003);
        }
    }

    @Test
    void computesAUnionOfThousands() {
        try (Session session = session()) {
            Rdd<Integer> numbers = session.parallelize(List.of(0), 1);
            for (int i = 1; i < 10_000; i++) {
                numbers = numbers.union(session.parallelize(List.of(i), 1));
            }

            assertThat(numbers.collect())
                    .isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        }
    }

    @Test
    void takesNoMorePartitionsThanItNeeds() {
        try (Session session = session()) {
            Rdd<Integer> lastFails = session.parallelize(
                            IntStream.range(0, 100).boxed().toList(), 10)
                    .map(each -> each < 50 ? each : fail(each));

            assertThat(lastFails.take(12))
                    .isEqualTo(IntStream.range(0, 12).boxed().toList());
            assertThat(lastFails.first()).isZero();
            assertThat(lastFails.isEmpty()).isFalse();
        }
    }

    @Test
    void runsJobsOfSeveralThreadsSideBySide() {
        try (Session session = session()) {
            List<CompletableFuture<Long>> counts = IntStream.range(0, 8)
                    .mapToObj(job -> CompletableFuture.supplyAsync(() -> session.parallelize(
                                    IntStream.range(0, 100 + job).boxed().toList(), 7)
                            .count()))
                    .toList();

            assertThat(counts)
                    .extracting(CompletableFuture::join)
                    .containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L);
        }
    }

    @Test
    void cancelsTheJobOfAThreadThatIsInterrupted() throws Exception {
        int before = UserCode.STARTED.get();
        int interruptedBefore = UserCode.INTERRUPTED.get();
        try (Session session = session()) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    session.parallelize(List.of(1, 2), 2).foreach(each -> UserCode.waitForever());
                } catch (RuntimeException e) {
                    failure.complete(e);
                }
            });
            caller.start();
            await().until(() -> UserCode.STARTED.get() == before + 2);

            caller.interrupt();

            assertThat(failure.join())
                    .isInstanceOfSatisfying(
                            RaddleException.class, e -> assertThat(e.fault()).isInstanceOf(Cause.Cancelled.class));
            await().until(() -> UserCode.INTERRUPTED.get() == interruptedBefore + 2);
            assertThat(session.parallelize(List.of(1)).count()).isOne();
        }
    }

    @Test
    void refusesToRunOnceItIsClosed() {
        Session session = session();
        Rdd<Integer> numbers = session.parallelize(List.of(1));
        session.close();

        assertThatThrownBy(numbers::count)
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("session is closed");
        session.close();
    }

    @Test
    void refusesAKeyOrAMasterThatDoesNotExist() {
        assertThatThrownBy(() -> Session.builder()
                        .config("raddle.defualt.parallelism", "2")
                        .build())
                .hasMessageContaining("raddle.default.parallelism");
        assertThatThrownBy(() -> Session.builder().master("mesos://somewhere").build())
                .hasMessageContaining("yarn-submit");
    }

    @Test
    void leavesNoFilesAndNoThreadsBehind() throws Exception {
        Set<String> files = temporaries();
        try (Session session = session()) {
            session.parallelize(List.of(1, 2, 3), 3)
                    .mapToPair(each -> io.raddle.function.Pair.of(each, each))
                    .groupByKey()
                    .count();
            assertThat(temporaries()).isNotEqualTo(files);
        }

        assertThat(temporaries()).isEqualTo(files);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(Thread::isAlive)
                        .map(Thread::getName))
                .noneMatch(name -> name.startsWith("raddle-driver") || name.startsWith("executor-")));
    }

    @Test
    void writesTextAndReadsItAgain() throws Exception {
        Path directory = Files.createTempDirectory("local-mode");
        try (Session session = session()) {
            String out = directory.resolve("out").toUri().toString();
            session.parallelize(List.of("a", "b", "c"), 2).saveAsTextFile(out);

            assertThat(directory.resolve("out/_SUCCESS")).exists();
            assertThat(session.textFile(out).collect()).containsExactlyInAnyOrder("a", "b", "c");
            assertThatThrownBy(() -> session.parallelize(List.of("d")).saveAsTextFile(out))
                    .hasMessageContaining("exists already");
            assertThatThrownBy(() -> session.textFile(out + "/nowhere")).hasMessageContaining("nowhere");
        }
    }

    @Test
    void leavesNoOutputOfAJobThatFails() throws Exception {
        Path directory = Files.createTempDirectory("local-mode");
        try (Session session = session()) {
            Rdd<Integer> failing = session.parallelize(List.of(1, 2), 2).map(LocalModeTest::fail);

            assertThatThrownBy(() -> failing.saveAsTextFile(
                            directory.resolve("out").toUri().toString()))
                    .isInstanceOf(RaddleException.class);
            assertThat(directory.resolve("out")).doesNotExist();
        }
    }

    private static Session session() {
        return Session.builder().master("local[2]").build();
    }

    private static Integer fail(Integer record) {
        throw new IllegalStateException("record " + record);
    }

    private static Set<String> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.startsWith("raddle-"))
                    .collect(Collectors.toSet());
        }
    }
}
