package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job ends without the task that never would, as a second attempt of it ends well; nothing of it counts twice. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class SpeculationIT {
    private static final String PROGRAM = """
            import io.raddle.Session;
            import io.raddle.shared.LongAccumulator;
            import java.nio.file.FileAlreadyExistsException;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.concurrent.Semaphore;

            public class Slow {
                static long once(String directory, String name, long value) throws Exception {
                    Files.createTempFile(Path.of(directory), name + "-" + ProcessHandle.current().pid() + "-" + value + "-", "");
                    try {
                        if (value == 3) {
                            Files.createFile(Path.of(directory, "stuck-" + name));
                            new Semaphore(0).acquire();
                        }
                    } catch (FileAlreadyExistsException another) {
                        return value;
                    }
                    return value;
                }

                public static void main(String[] words) throws Exception {
                    try (Session session = Session.builder().build()) {
                        LongAccumulator tasks = session.longAccumulator("tasks");
                        long sum = session.range(0, 12, 1, 12).map(each -> {
                            tasks.add(1);
                            return once(words[0], "summed", each);
                        }).reduce(Long::sum);
                        System.out.println("sum " + sum + " by " + tasks.value());
                        session.range(0, 12, 1, 12)
                                .map(each -> once(words[0], "saved", each))
                                .saveAsTextFile("numbers");
                        System.out.println("saved "
                                + session.textFile("numbers").map(Long::parseLong).sortBy(each -> each, true, 1).collect());
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void aSecondAttemptIsThereWhereTheFirstNeverEnds(RealCluster.Address cluster) throws Exception {
        Path program = Files.writeString(directory.resolve("Slow.java"), PROGRAM);

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("slow")
                .run(
                        "--driver-memory",
                        "640m",
                        "--executor-memory",
                        "640m",
                        "--num-executors",
                        "2",
                        "--conf",
                        "raddle.speculation=on",
                        "--conf",
                        "raddle.speculation.multiplier=2.5",
                        "--conf",
                        "raddle.speculation.quantile=0.5",
                        program.toString(),
                        directory.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("""
                sum 66 by 12
                saved [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
                """);
        assertThat(result.err()).doesNotContain("\tat ");
        for (String job : new String[] {"summed", "saved"}) {
            assertThat(new TaskFiles(directory, job)
                            .names().stream()
                                    .filter(each -> TaskFiles.part(each, 2).equals("3"))
                                    .map(TaskFiles::pid))
                    .as("executors of the task that is slow")
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
        Leftovers.none(cluster, "slow", directory);
    }
}
