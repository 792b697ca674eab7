package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What only the running application can find wrong is said in one sentence with its remedy, and leaves nothing behind. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class BadRunIT {
    /** The cluster must answer first, on a machine that may be busy. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void refusesAnInputPathThatIsMissing(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result =
                run(cluster, "no-input", "session.textFile(words[0]).count();", "/tmp/nowhere/text.txt");

        failed(
                result,
                "The input path /tmp/nowhere/text.txt does not exist.",
                "Check its spelling and its file system.");
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        Leftovers.none(cluster, "no-input", directory);
    }

    @Test
    void refusesAnOutputPathThatExistsAndLeavesItAsItWas(RealCluster.Address cluster) throws Exception {
        org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path("/tmp/taken");
        FileSystem files = ClusterState.of(cluster).files();
        files.create(new org.apache.hadoop.fs.Path(output, "precious")).close();

        SubmitProcess.Result result = run(
                cluster,
                "taken",
                "session.parallelize(java.util.List.of(1, 2), 2).saveAsTextFile(words[0]);",
                output.toString());

        failed(result, "The output path /tmp/taken exists already.", "Remove it or name another");
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        assertThat(ClusterState.of(cluster).names(output.toString())).containsExactly("precious");
        Leftovers.none(cluster, "taken", directory);
    }

    @Test
    void showsTheStackOfTheFirstTaskThatFailed(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = run(cluster, "unlucky", """
                session.parallelize(java.util.List.of(1, 2), 2).foreach(number -> {
                            if (number == 2) {
                                throw new IllegalStateException("no luck with " + number);
                            }
                        });""");

        failed(
                result,
                "java.lang.IllegalStateException: no luck with 2\n\tat application//Program.",
                "Task 1 of stage 0 failed 2 times, the last time so: "
                        + "User code threw java.lang.IllegalStateException: no luck with 2. Mend the code");
        assertThat(result.err().lines().filter(line -> line.startsWith("\tat ")))
                .as("only the user's own frames")
                .allMatch(line -> line.contains("Program."));
        Leftovers.none(cluster, "unlucky", directory);
    }

    @Test
    void saysThatATaskCalledExit(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = run(cluster, "exit-in-task", """
                session.parallelize(java.util.List.of(1, 2), 2).foreach(number -> {
                            if (number == 2) {
                                System.exit(3);
                            }
                        });""");

        failed(
                result,
                "Task 1 of stage 0 failed 2 times, the last time so: User code called System.exit(3). "
                        + "Look at the program's own output for why it chose this exit code.");
        assertThat(result.err()).doesNotContain("\tat ", "Exception", "Lost executor");
        Leftovers.none(cluster, "exit-in-task", directory);
    }

    private static void failed(SubmitProcess.Result result, String... parts) {
        assertThat(result.err()).contains(parts).contains(" FAILED in ");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
    }

    private SubmitProcess.Result run(RealCluster.Address cluster, String user, String body, String... words)
            throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve("Program.java"), """
                import io.raddle.Session;

                public class Program {
                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().name("bad").build()) {
                            %s
                        }
                    }
                }
                """.formatted(body));
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as(user);
        return submit.run(Small.options(source.toString(), words));
    }
}
