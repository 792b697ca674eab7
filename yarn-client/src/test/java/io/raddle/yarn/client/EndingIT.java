package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.wire.Secret;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.hadoop.ResourceManager;
import io.raddle.yarn.client.watch.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code says how the application ended, whatever else goes wrong. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class EndingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    java.nio.file.Path directory;

    @Test
    void isTheApplicationsOwnWhereTheStagingDirectoryCannotBeRemoved(RealCluster.Address cluster) throws Exception {
        java.nio.file.Path go = directory.resolve("go");
        FileSystem files = ClusterState.of(cluster).files();
        Path staging = new Path("/user/untidy/.raddle/staging");
        SubmitProcess.Result result;
        try (Gate gate = Gate.shut(go)) {
            SubmitProcess.Running running = new SubmitProcess(directory)
                    .on(cluster)
                    .as("untidy")
                    .start(Small.options(exiting(), "3", go.toString()));
            Awaitility.await().atMost(PATIENCE).until(() -> running.out().contains("waiting"));
            files.setPermission(staging, new FsPermission((short) 0500));
            gate.open();
            result = running.result();
        }

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains(
                        "The staging directory of application_",
                        " was not removed. ",
                        "User code called System.exit(3).")
                .doesNotContain("yarn-submit: ", "defect");
        Leftovers.noneHere(directory);
        files.delete(staging, true);
    }

    @ParameterizedTest
    @CsvSource({"-1, 255", "256, 1"})
    void isNeverZeroOfAFailure(int named, int expected, RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("exiting");

        SubmitProcess.Result onCluster = submit.run(Small.options(exiting(), String.valueOf(named)));
        assertThat(onCluster.exitCode()).as(onCluster.err()).isEqualTo(expected);
        assertThat(onCluster.err())
                .contains("User code called System.exit(" + named + ").")
                .doesNotContain("[exit code");

        SubmitProcess.Result here = submit.run("--master", "local[1]", exiting(), String.valueOf(named));
        assertThat(here.exitCode()).as(here.err()).isEqualTo(expected);
        Leftovers.none(cluster, "exiting", directory);
    }

    @Test
    void isLostOfAnApplicationThatWasSubmittedAndCannotBeFollowed(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("lost");
        Gate never = Gate.shut(directory.resolve("never"));
        String id = submit.run(Small.with(
                        List.of("--detach"),
                        Small.options(exiting(), "0", directory.resolve("never").toString())))
                .out()
                .strip();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> submit.run("--logs", id).out().contains("waiting"));
        ApplicationId runs = ApplicationId.fromString(id);
        ApplicationId unknown = ApplicationId.newInstance(runs.getClusterTimestamp(), 9999);

        Ending forgotten = follow(cluster, unknown);
        assertThat(forgotten.reason()).startsWith("The ResourceManager does not know this application.");
        assertThat(ExitCode.of(forgotten)).isEqualTo(ExitCode.LOST);
        Ending refused = follow(cluster, runs);
        assertThat(refused.reason()).startsWith("The application refused our secret.");
        assertThat(ExitCode.of(refused)).isEqualTo(ExitCode.LOST);

        assertThat(submit.run("--kill", id).exitCode()).isZero();
        never.close();
        Leftovers.none(cluster, "lost", directory);
    }

    /** As after a submit, with a secret that is not the application's. */
    private static Ending follow(RealCluster.Address cluster, ApplicationId id) {
        Console console = new Console(System.out, new PrintStream(new ByteArrayOutputStream()), Set.of());
        try (ResourceManager resourceManager =
                ResourceManager.connect(ClusterState.of(cluster).configuration().forClient())) {
            Submitted submitted = new Submitted(id, Secret.random(), Secret.random(), resourceManager);
            return Run.follow(submitted, Duration.ofSeconds(10), console, new Interrupts(console, () -> {}));
        }
    }

    /** A program that ends with the code it is told, once a gate is open if it is told one. */
    private String exiting() throws IOException {
        return Files.writeString(directory.resolve("Exiting.java"), """
                import java.nio.file.*;
                public class Exiting {
                    public static void main(String[] words) throws Exception {
                        System.out.println("waiting");
                        if (words.length > 1) {
                            try (var gate = Files.newInputStream(Path.of(words[1]))) {
                                gate.read();
                            }
                        }
                        System.exit(Integer.parseInt(words[0]));
                    }
                }
                """).toString();
    }
}
