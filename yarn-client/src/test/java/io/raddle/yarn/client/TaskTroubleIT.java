package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to tasks and to what they wrote is survived where it can be, and said in one sentence where it cannot. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class TaskTroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** The cluster must start containers twice, on a machine that may be busy. */
    private static final Duration SOON = Duration.ofSeconds(120);

    private static final String[] SMALL = {
        "--driver-memory", "640m", "--executor-memory", "640m", "--conf", "raddle.task.max.attempts=2"
    };

    @TempDir
    Path directory;

    @Test
    void saysThatAnExecutorRanOutOfMemoryThoughItsHeapIsFullToTheLastByte(RealCluster.Address cluster)
            throws Exception {
        SubmitProcess.Result result = submit(cluster, "heap", """
                session.parallelize(List.of(1), 1).map(each -> {
                    int size = 1 << 20;
                    while (true) {
                        try {
                            KEPT = new Object[] {KEPT, new byte[size]};
                        } catch (OutOfMemoryError full) {
                            if (size == 1) {
                                throw full;
                            }
                            size /= 2;
                        }
                    }
                }).collect();
                """).run(words("1"));

        failed(result, "failed 2 times", "The process ran out of memory (Java heap space", "--executor-memory");
        Leftovers.noneOf(cluster, "heap", directory, result.application().orElseThrow());
    }

    @Test
    void saysThatYarnKilledAContainerForItsMemory(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = submit(cluster, "outgrows", """
                session.parallelize(List.of(1), 1).map(each -> {
                    // A process beside the JVM counts for the container; this one has a buffer of 700 MiB.
                    // YARN ends it a little before it ends the JVM, so the task must not take its end for its own.
                    new ProcessBuilder(
                                    "sh", "-c", "dd if=/dev/zero of=/dev/null bs=700M; :", System.getenv("CONTAINER_ID"))
                            .start()
                            .waitFor();
                    Thread.currentThread().join();
                    return each;
                }).collect();
                """).run(words("1"));

        failed(
                result,
                "failed 2 times",
                "YARN killed the container because it used",
                "where 640 MiB were granted.",
                "--executor-memory",
                "outside the heap");
        Leftovers.noneOf(cluster, "outgrows", directory, result.application().orElseThrow());
    }

    @Test
    void goesOnWithoutAnExecutorThatWasKilled(RealCluster.Address cluster) throws Exception {
        Gate gate = Gate.shut(directory.resolve("go"));
        SubmitProcess.Running running = submit(cluster, "kills", """
                System.out.println(new TreeMap<>(session.parallelize(numbers(40), 40)
                        .mapToPair(each -> {
                            if (each % 2 == 0) {
                                Files.write(Path.of(words[0], "pid-" + ProcessHandle.current().pid()), new byte[0]);
                            }
                            // The first executor to come must leave work for the second.
                            if (each == 0 || each == 39) {
                                awaitGo(words[0]);
                            }
                            return Pair.of(each % 7, 1L);
                        })
                        .reduceByKey(Long::sum, 4)
                        .collectAsMap()));
                """).start(words("2"));
        TaskFiles executors = new TaskFiles(directory, "pid");
        running.await(() -> executors.names().size() == 2);
        Signals.send("KILL", executors.pids().get(0));
        gate.open();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        gate.close();

        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("{0=6, 1=6, 2=6, 3=6, 4=6, 5=5, 6=5}\n");
        assertThat(running.err())
                .containsOnlyOnce("Lost executor ")
                .contains("ended with exit code 137: it was killed by signal 9", "SUCCEEDED")
                .doesNotContain("\tat ");
        Leftovers.noneOf(cluster, "kills", directory, application(running));
    }

    @Test
    void computesACorruptShuffleBlockAgain(RealCluster.Address cluster) throws Exception {
        Gate gate = Gate.shut(directory.resolve("go"));
        SubmitProcess.Running running = submit(cluster, "corrupt", """
                PairRdd<Integer, Long> counts = session.parallelize(numbers(700), 6)
                        .mapToPair(each -> Pair.of(each % 7, 1L))
                        .reduceByKey(Long::sum, 3);
                System.out.println(new TreeMap<>(counts.collectAsMap()));
                Files.createFile(Path.of(words[0], "written"));
                awaitGo(words[0]);
                System.out.println(new TreeMap<>(counts.mapValues(count -> count * 2).collectAsMap()));
                """).start(words("2"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(directory.resolve("written"))
                        || !running.process().isAlive());
        List<Path> blocks = mapOutputs(cluster, application(running));
        assertThat(blocks).hasSize(6);
        corrupt(blocks.get(0));
        corrupt(blocks.get(3));
        gate.open();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        gate.close();

        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("""
                        {0=100, 1=100, 2=100, 3=100, 4=100, 5=100, 6=100}
                        {0=200, 1=200, 2=200, 3=200, 4=200, 5=200, 6=200}
                        """);
        assertThat(running.err())
                .containsPattern("Stage \\d+ \\(attempt \\d\\) reduceByKey")
                .contains("SUCCEEDED")
                .doesNotContain("\tat ", "Lost executor");
        Leftovers.noneOf(cluster, "corrupt", directory, application(running));
    }

    @Test
    void leavesNoProcessOfATaskThatDoesNotListen(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = submit(cluster, "deaf", """
                session.parallelize(List.of(1), 1).foreach(each -> {
                    Files.createFile(Path.of(words[0], "running"));
                    while (true) {
                        Thread.interrupted();
                    }
                });
                """).start(words("1"));
        running.await(() -> Files.exists(directory.resolve("running")));

        running.interrupt();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(running.process().exitValue()).as(running.err()).isEqualTo(ExitCode.KILLED);
        assertThat(running.err()).contains("Cancelled by Ctrl-C").doesNotContain("\tat ");
        Leftovers.noneOf(cluster, "deaf", directory, application(running));
    }

    private SubmitProcess submit(RealCluster.Address cluster, String user, String body) throws IOException {
        Files.writeString(directory.resolve("Trouble.java"), """
                import io.raddle.PairRdd;
                import io.raddle.Session;
                import io.raddle.function.Pair;
                import java.io.FileInputStream;
                import java.io.InputStream;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.ArrayList;
                import java.util.List;
                import java.util.TreeMap;

                public class Trouble {
                    static Object[] KEPT = {};

                    static List<Integer> numbers(int count) {
                        List<Integer> numbers = new ArrayList<>();
                        for (int number = 0; number < count; number++) {
                            numbers.add(number);
                        }
                        return numbers;
                    }

                    static void awaitGo(String directory) throws Exception {
                        try (InputStream gate = new FileInputStream(directory + "/go")) {
                            gate.read();
                        }
                    }

                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().build()) {
                %s
                        }
                    }
                }
                """.formatted(body));
        return new SubmitProcess(directory).on(cluster).as(user);
    }

    private String[] words(String executors) {
        return Stream.of(
                        Stream.of(SMALL),
                        Stream.of("--num-executors", executors),
                        Stream.of(directory.resolve("Trouble.java").toString(), directory.toString()))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static void failed(SubmitProcess.Result result, String... parts) {
        assertThat(result.err()).contains("FAILED").contains(parts).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.out()).isEmpty();
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
    }

    private static String application(SubmitProcess.Running running) throws IOException {
        Optional<String> application =
                new SubmitProcess.Result(0, running.out(), running.err(), Duration.ZERO).application();
        return application.orElseThrow();
    }

    private static List<Path> mapOutputs(RealCluster.Address cluster, String application) throws IOException {
        Path data = cluster.confDirectory().resolveSibling("data");
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(
                            each -> each.endsWith("file.out") && each.toString().contains(application))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            // Another application's files were deleted under the walk: look again.
            return mapOutputs(cluster, application);
        }
    }

    /** Turns every byte over. */
    private static void corrupt(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] all = new byte[(int) bytes.length()];
            bytes.readFully(all);
            for (int at = 0; at < all.length; at++) {
                all[at] = (byte) ~all[at];
            }
            bytes.seek(0);
            bytes.write(all);
        }
    }
}
