package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Executors are processes that keep partitions, and a program goes on without one that took some with it. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class KeptPartitionsIT {

    @TempDir
    Path directory;

    private TaskFiles computed;

    @BeforeEach
    void look() {
        computed = new TaskFiles(directory, "computed");
    }

    @Test
    void computesAgainWhatAKilledExecutorKeptAndReadsTheRestAndThenACheckpoint(RealCluster.Address cluster)
            throws Exception {
        long lost = loseOneOfTwo(cluster, "MEMORY_AND_DISK");

        assertThat(lost).isPositive();
        assertThat((long) computed.pids().size()).isGreaterThanOrEqualTo(40 + lost);
    }

    @Test
    void readsTheCopiesOfWhatAKilledExecutorKept(RealCluster.Address cluster) throws Exception {
        long lost = loseOneOfTwo(cluster, "MEMORY_AND_DISK_2");

        assertThat(lost).isPositive();
        assertThat(computed.pids()).hasSize(40);
    }

    /** Kills an executor once partitions are kept; answers how many it had computed. */
    private long loseOneOfTwo(RealCluster.Address cluster, String level) throws Exception {
        Gate everybody = Gate.shut(directory.resolve("everybody"));
        Gate killed = Gate.shut(directory.resolve("killed"));
        SubmitProcess.Running running = submit(cluster, level);
        running.await(() -> executors().size() == 2);
        everybody.open();
        running.await(() -> Files.exists(directory.resolve("kept")));
        long victim = executors().get(0);
        long lost = computed.pids().stream().filter(pid -> pid == victim).count();
        Signals.send("KILL", victim);
        killed.open();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        killed.close();
        everybody.close();

        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("""
                sum 21320
                checkpoint true on hdfs: 21360
                again 21360
                """);
        assertThat(running.err()).containsOnlyOnce("Lost executor ").doesNotContain("\tat ");
        // Nobody computes a partition twice.
        assertThat(computed.names())
                .extracting(each -> TaskFiles.pid(each) + " " + TaskFiles.part(each, 2))
                .doesNotHaveDuplicates();
        return lost;
    }

    private SubmitProcess.Running submit(RealCluster.Address cluster, String level) throws IOException {
        Path program = Files.writeString(directory.resolve("Keeps.java"), """
                import io.raddle.Rdd;
                import io.raddle.Session;
                import io.raddle.StorageLevel;
                import java.io.FileInputStream;
                import java.io.InputStream;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.List;
                import java.util.concurrent.Semaphore;
                import java.util.concurrent.TimeUnit;
                import java.util.stream.Collectors;
                import java.util.stream.IntStream;

                public class Keeps {
                    static void await(String directory, String gate) throws Exception {
                        try (InputStream in = new FileInputStream(directory + "/" + gate)) {
                            in.read();
                        }
                    }

                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().build()) {
                            session.setCheckpointDir("checkpoints");
                            List<Integer> numbers =
                                    IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toList());
                            Rdd<Integer> kept = session.parallelize(numbers, 40).map(each -> {
                                Files.createTempFile(
                                        Path.of(words[0]), "computed-" + ProcessHandle.current().pid() + "-" + each + "-", "");
                                // The first executor to come must leave partitions for the second.
                                if (each == 1 || each == 40) {
                                    await(words[0], "everybody");
                                }
                                return each * each - each;
                            }).persist(StorageLevel.valueOf(words[1]));
                            kept.count();
                            int copies = kept.getStorageLevel().replication();
                            while (session.statusTracker().getExecutorInfos().stream()
                                            .mapToInt(each -> each.keptPartitions())
                                            .sum()
                                    < 40 * copies) {
                                new Semaphore(0).tryAcquire(20, TimeUnit.MILLISECONDS);
                            }
                            Files.createFile(Path.of(words[0], "kept"));
                            await(words[0], "killed");
                            System.out.println("sum " + kept.reduce(Integer::sum));
                            Rdd<Integer> saved = kept.map(each -> each + 1);
                            saved.checkpoint();
                            int sum = saved.reduce(Integer::sum);
                            System.out.println("checkpoint " + saved.isCheckpointed() + " on "
                                    + saved.getCheckpointFile().orElse("").substring(0, 5) + " " + sum);
                            System.out.println("again " + saved.reduce(Integer::sum));
                        }
                    }
                }
                """);
        return new SubmitProcess(directory)
                .on(cluster)
                .as("keeps")
                .start(
                        "--driver-memory",
                        "640m",
                        "--executor-memory",
                        "640m",
                        "--num-executors",
                        "2",
                        program.toString(),
                        directory.toString(),
                        level);
    }

    private List<Long> executors() throws IOException {
        return computed.pids().stream().distinct().toList();
    }
}
