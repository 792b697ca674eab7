package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --logs} shows of an application that has ended. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    void showsWhatTheNodeStillHas(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("reader");
        String application = submit.run(program().toString()).application().orElseThrow();

        SubmitProcess.Result logs = submit.run("--logs", application);

        assertThat(logs.exitCode()).as(logs.err()).isZero();
        assertThat(logs.out()).isEqualTo("to the one\nand again\n");
        assertThat(logs.err()).contains("to the other").doesNotContain("LogType", "\tat ");
        Leftovers.none(cluster, "reader", directory);
    }

    @Test
    void showsAggregatedLogsOfAnApplicationWhoseNodesAreGone() throws Exception {
        try (RealCluster.Daemons daemons = RealCluster.Daemons.start(
                "aggregating-cluster",
                "--node-managers",
                "1",
                "--conf",
                "yarn.log-aggregation-enable=true",
                "--conf",
                "yarn.nodemanager.delete.debug-delay-sec=0")) {
            SubmitProcess submit =
                    new SubmitProcess(directory).on(daemons.address()).as("reader");
            String application = submit.run(
                            "--conf=raddle.class.data=use", program().toString())
                    .application()
                    .orElseThrow();
            Path onNode = daemons.directory().resolve("logs/containers");
            Awaitility.await().atMost(PATIENCE).until(() -> !mentions(onNode, application));

            SubmitProcess.Result logs = submit.run("--logs", application);

            assertThat(logs.exitCode()).as(logs.err()).isZero();
            assertThat(logs.out()).isEqualTo("to the one\nand again\n");
            assertThat(logs.err()).contains("to the other").doesNotContain("LogType", "\tat ");
        }
    }

    @Test
    void saysWhyThereIsNothingAndWhatToDo() throws Exception {
        try (RealCluster.Daemons daemons = RealCluster.Daemons.start(
                "forgetting-cluster", "--node-managers", "1", "--conf", "yarn.nodemanager.log.retain-seconds=0")) {
            SubmitProcess submit =
                    new SubmitProcess(directory).on(daemons.address()).as("reader");
            String application = submit.run(
                            "--conf=raddle.class.data=use", program().toString())
                    .application()
                    .orElseThrow();
            Path onNode = daemons.directory().resolve("logs/containers");
            Awaitility.await().atMost(PATIENCE).until(() -> !mentions(onNode, application));

            SubmitProcess.Result logs = submit.run("--logs", application);

            assertThat(logs.exitCode()).isEqualTo(ExitCode.NOT_SUBMITTED);
            assertThat(logs.out()).isEmpty();
            assertThat(logs.err())
                    .contains("neither among the aggregated logs nor on its node", "yarn.log-aggregation-enable=true")
                    .doesNotContain("\tat ");
        }
    }

    private static boolean mentions(Path logs, String application) throws IOException {
        try (var directories = Files.walk(logs, 3)) {
            return directories.anyMatch(each -> each.getFileName().toString().equals(application));
        } catch (UncheckedIOException e) {
            // One was deleted under the walk: look again.
            return mentions(logs, application);
        }
    }

    private Path program() throws IOException {
        return Files.writeString(directory.resolve("Talking.java"), """
                public class Talking {
                    public static void main(String[] words) {
                        System.out.println("to the one");
                        System.err.println("to the other");
                        System.out.println("and again");
                    }
                }
                """);
    }
}
