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

/** An executor that stands still, as in a long pause of its machine, is done without, and welcome when it goes on. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class FrozenExecutorIT {

    @TempDir
    Path directory;

    private TaskFiles computed;

    @BeforeEach
    void look() {
        computed = new TaskFiles(directory, "computed");
    }

    @Test
    void runsItsTasksElsewhereAndUsesItAgainWhenItGoesOn(RealCluster.Address cluster) throws Exception {
        Gate everybody = Gate.shut(directory.resolve("everybody"));
        Gate goesOn = Gate.shut(directory.resolve("goes-on"));
        SubmitProcess.Running running = submit(cluster);
        running.await(() -> computed.pids().stream().distinct().count() == 2);
        long frozen = computersOfOne().get(0);
        Signals.send("STOP", frozen);
        everybody.open();
        running.await(() -> running.out().equals("sum 22140\n"));

        Files.writeString(directory.resolve("frozen"), Long.toString(frozen));
        Signals.send("CONT", frozen);
        goesOn.open();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        everybody.close();
        goesOn.close();
        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("sum 22140\nback\n");
        assertThat(running.err()).doesNotContain("\tat ");
        assertThat(computersOfOne()).hasSize(2);
        Leftovers.none(cluster, "frozen", directory);
    }

    private SubmitProcess.Running submit(RealCluster.Address cluster) throws IOException {
        Path program = Files.writeString(directory.resolve("Sums.java"), """
                import io.raddle.Session;
                import java.io.FileInputStream;
                import java.io.InputStream;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.HashSet;
                import java.util.List;
                import java.util.Set;
                import java.util.stream.Collectors;
                import java.util.stream.IntStream;

                public class Sums {
                    static void await(String directory, String gate) throws Exception {
                        try (InputStream in = new FileInputStream(directory + "/" + gate)) {
                            in.read();
                        }
                    }

                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().build()) {
                            List<Integer> numbers =
                                    IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toList());
                            System.out.println("sum " + session.parallelize(numbers, 40).map(each -> {
                                Files.createTempFile(
                                        Path.of(words[0]), "computed-" + ProcessHandle.current().pid() + "-" + each + "-", "");
                                // The first executor to come must leave partitions for the second.
                                if (each == 1 || each == 40) {
                                    await(words[0], "everybody");
                                }
                                return each * each;
                            }).reduce(Integer::sum));
                            await(words[0], "goes-on");
                            long frozen = Long.parseLong(Files.readString(Path.of(words[0], "frozen")));
                            Set<Long> seen = new HashSet<>();
                            while (!seen.contains(frozen)) {
                                seen.addAll(session.parallelize(numbers, 8)
                                        .map(each -> ProcessHandle.current().pid())
                                        .collect());
                            }
                            System.out.println("back");
                        }
                    }
                }
                """);
        return new SubmitProcess(directory)
                .on(cluster)
                .as("frozen")
                .start(
                        "--driver-memory",
                        "640m",
                        "--executor-memory",
                        "640m",
                        "--num-executors",
                        "2",
                        "--conf",
                        "raddle.heartbeat.interval=300ms",
                        program.toString(),
                        directory.toString());
    }

    /** The executors that had the record 1. */
    private List<Long> computersOfOne() throws IOException {
        return computed.names().stream()
                .filter(each -> TaskFiles.part(each, 2).equals("1"))
                .map(TaskFiles::pid)
                .toList();
    }
}
