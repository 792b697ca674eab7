package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** NodeManagers serve map outputs when the executors that wrote them are gone. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class NodeServiceIT {
    private static final int MAPS = 24;

    @TempDir
    Path directory;

    private TaskFiles mapped;

    @BeforeEach
    void look() {
        mapped = new TaskFiles(directory, "mapped");
    }

    @Test
    void givesBackIdleExecutorsAndReadsWhatTheyWroteFromTheirNodes(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = submit(cluster).result();

        readOnceMapped(result);
        Leftovers.none(cluster, "outlives", directory);
    }

    @Test
    void readsFromANodeWhoseDaemonIsKilledAndStartedAgainMeanwhile() throws Exception {
        try (RealCluster.Daemons daemons = RealCluster.Daemons.start(
                        "restart-cluster",
                        "--processes",
                        "--conf",
                        "yarn.nodemanager.recovery.enabled=true",
                        "--conf",
                        "yarn.nodemanager.recovery.supervised=true");
                Gate gate = Gate.shut(directory.resolve("gate"))) {
            SubmitProcess.Running running =
                    submit(daemons.address(), directory.resolve("gate").toString());
            running.await(() -> Files.exists(directory.resolve("idle")));
            daemons.kill("nodemanager-1");
            gate.open();
            daemons.revive("nodemanager-1");

            readOnceMapped(running.result());
        }
    }

    private void readOnceMapped(SubmitProcess.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        long sum = MAPS * 100L * (MAPS * 100L - 1) / 2;
        assertThat(result.out()).isEqualTo("100 keys\nsum " + sum + "\n");
        assertThat(mapped.pids()).hasSize(MAPS);
        assertThat(mapped.pids().stream().distinct()).hasSizeGreaterThan(1);
        assertThat(result.err()).doesNotContain("Lost executor", "\tat ");
    }

    private SubmitProcess.Running submit(RealCluster.Address cluster, String... more) throws IOException {
        Path program = Files.writeString(directory.resolve("Outlives.java"), """
                import io.raddle.ExecutorInfo;
                import io.raddle.PairRdd;
                import io.raddle.Session;
                import io.raddle.function.Pair;
                import java.io.FileInputStream;
                import java.io.InputStream;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.List;
                import java.util.concurrent.Semaphore;
                import java.util.concurrent.TimeUnit;
                import java.util.function.Predicate;
                import java.util.stream.Collectors;
                import java.util.stream.IntStream;

                public class Outlives {
                    static void await(Session session, Predicate<List<ExecutorInfo>> wish) throws Exception {
                        while (!wish.test(session.statusTracker().getExecutorInfos())) {
                            new Semaphore(0).tryAcquire(20, TimeUnit.MILLISECONDS);
                        }
                    }

                    public static void main(String[] words) throws Exception {
                        int maps = Integer.parseInt(words[1]);
                        try (Session session = Session.builder().build()) {
                            List<Integer> numbers = IntStream.range(0, maps * 100).boxed().collect(Collectors.toList());
                            PairRdd<Integer, Long> sums = session.parallelize(numbers, maps)
                                    .mapToPair(each -> {
                                        if (each % 100 == 0) {
                                            new Semaphore(0).tryAcquire(300, TimeUnit.MILLISECONDS);
                                            Files.createTempFile(
                                                    Path.of(words[0]), "mapped-" + ProcessHandle.current().pid() + "-" + each + "-", "");
                                        }
                                        return Pair.of(each % 100, (long) each);
                                    })
                                    .reduceByKey(Long::sum, 8);
                            System.out.println(sums.count() + " keys");
                            await(session, List::isEmpty);
                            if (words.length > 2) {
                                Files.createFile(Path.of(words[0], "idle"));
                                try (InputStream gate = new FileInputStream(words[2])) {
                                    gate.read();
                                }
                            }
                            System.out.println("sum " + sums.values().reduce(Long::sum));
                        }
                    }
                }
                """);
        List<String> words = new ArrayList<>(List.of(
                "--driver-memory",
                "640m",
                "--executor-memory",
                "512m",
                "--conf",
                "raddle.executor.instances=0",
                "--conf",
                "raddle.executor.max=4",
                "--conf",
                "raddle.executor.idle=2s",
                program.toString(),
                directory.toString(),
                String.valueOf(MAPS)));
        words.addAll(List.of(more));
        return new SubmitProcess(directory)
                .on(cluster)
                .as("outlives")
                .withoutClassData()
                .start(words.toArray(String[]::new));
    }
}
