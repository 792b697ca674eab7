package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Verbs where the cluster answers in part or not at all: each trouble has a sentence of its own. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class VerbsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration GIVES_UP = Duration.ofSeconds(35);
    /** Nobody listens there. */
    private static final String NOWHERE = "localhost:1";

    @TempDir
    Path directory;

    @Test
    void saysThatTheFileSystemCannotBeUsedInsteadOfThatTheSecretIsNotOurs(RealCluster.Address cluster)
            throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("asking");
        String id = submit.run(Small.with(List.of("--detach"), Small.options(sleeper())))
                .out()
                .strip();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> submit.run("--status", id).out().contains("State:    RUNNING"));
        String elsewhere = "raddle.hadoop.fs.defaultFS=hdfs://" + NOWHERE;

        SubmitProcess.Result status = submit.run("--status", id, "--conf", elsewhere);
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("State:    RUNNING");
        assertThat(status.err())
                .contains("The file system hdfs://" + NOWHERE + " cannot be used: ")
                .doesNotContain("cannot be read by you", "\tat ");

        SubmitProcess.Result logs = submit.run("--logs", id, "--conf", elsewhere);
        assertThat(logs.exitCode()).isEqualTo(ExitCode.NOT_SUBMITTED);
        assertThat(logs.err())
                .startsWith("yarn-submit: The file system hdfs://" + NOWHERE + " cannot be used: ")
                .doesNotContain("not yours", "\tat ");

        assertThat(submit.run("--kill", id).exitCode()).isZero();
        SubmitProcess.Result ended =
                submit.run("--logs", id, "--conf", "raddle.hadoop.yarn.resourcemanager.webapp.address=" + NOWHERE);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.NOT_SUBMITTED);
        assertThat(ended.err())
                .startsWith("yarn-submit: The ResourceManager's web service at http://" + NOWHERE
                        + " cannot be asked for the driver's output: Connection refused")
                .doesNotContain("\tat ");
        Leftovers.none(cluster, "asking", directory);
    }

    @Test
    void givesUpOnAResourceManagerThatTakesCallsAndDoesNotAnswer(RealCluster.Address cluster) throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SubmitProcess.Result result = new SubmitProcess(directory)
                    .on(cluster)
                    .run(
                            "--list",
                            "--conf",
                            "raddle.hadoop.yarn.resourcemanager.address=localhost:" + deaf.getLocalPort());

            assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.NOT_SUBMITTED);
            assertThat(result.err())
                    .startsWith("yarn-submit: The cluster did not answer within 25 s.")
                    .doesNotContain("\tat ");
            assertThat(result.wall()).isLessThan(BusyMachine.stretch(GIVES_UP));
        }
    }

    @Test
    void tellsAnApplicationThatIsNotThereFromOneThatEnded(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster);

        SubmitProcess.Result attached = submit.run("--attach", "application_1_0001");
        assertThat(attached.exitCode()).as(attached.err()).isEqualTo(ExitCode.NOT_FOLLOWED);
        assertThat(attached.err())
                .startsWith("yarn-submit: The ResourceManager does not know this application.")
                .contains("yarn-submit --list shows what runs")
                .doesNotContain("\tat ");

        SubmitProcess.Result status = submit.run("--status", "application_1_0001");
        assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.NOT_SUBMITTED);
        assertThat(status.err()).startsWith("yarn-submit: The ResourceManager does not know this application.");
    }

    @Test
    void refusesWordsWithoutAMeaning(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster);

        for (String[] line : List.of(
                new String[] {"--list", "--kill", "application_1_0001"},
                new String[] {"--list", "stray"},
                new String[] {"--list", "--queue", "alpha"})) {
            SubmitProcess.Result result = submit.run(line);
            assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).startsWith("yarn-submit: --").doesNotContain("\tat ");
        }
    }

    private String sleeper() throws Exception {
        return Files.writeString(directory.resolve("Sleeper.java"), """
                public class Sleeper {
                    public static void main(String[] words) throws Exception {
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
                """).toString();
    }
}
