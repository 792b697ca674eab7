package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What must not be there any more when a submit is over: every test has a user and a directory of its own. */
final class Leftovers {
    /** A master that has ended may still make class data for the next one, and a busy machine takes its time over that. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Leftovers() {}

    /** No temporary file and no process of clients that ran in this directory. */
    static void noneHere(Path directory) {
        String mark = "TMPDIR=" + directory.resolve("tmp");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(entries(directory.resolve("tmp"))).isEmpty();
            assertThat(processesWith(mark)).isEmpty();
        });
    }

    /** Nothing of this user either: no application, no container's process, no staging directory. */
    static void none(RealCluster.Address cluster, String user, Path directory) {
        noneHere(directory);
        ClusterState state = ClusterState.of(cluster);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(state.alive(user)).isEmpty();
            assertThat(state.staged(user)).isEmpty();
            assertThat(processesWith("HADOOP_USER_NAME=" + user)).isEmpty();
        });
    }

    /** Nothing of this application on its nodes either: only its logs may stay. Nodes take a moment to clean up. */
    static void noneOf(RealCluster.Address cluster, String user, Path directory, String application) {
        none(cluster, user, directory);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(containersOf(application)).isEmpty();
            assertThat(filesOf(cluster, application)).isEmpty();
        });
    }

    /** The command lines of its containers' processes, which name their log directories or their container. */
    private static List<String> containersOf(String application) {
        String number = application.substring("application".length());
        return ProcessHandle.allProcesses()
                .map(Leftovers::command)
                .filter(command -> command.contains(number) && !command.contains("yarn-submit"))
                .toList();
    }

    /** Its files and directories below those of the NodeManagers. */
    private static List<Path> filesOf(RealCluster.Address cluster, String application) {
        Path data = cluster.confDirectory().resolveSibling("data");
        try (Stream<Path> all = Files.walk(data, 7)) {
            return all.filter(each -> each.getFileName().toString().equals(application))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // A directory vanished under the walk: look again.
            return List.of(data);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /**
     * Processes are known by a variable of their environment, which what they start has too. The class data of the client
     * is not of the submit: after a build, one process makes it for all to come and ends by itself.
     */
    private static List<String> processesWith(String variable) {
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(variable))
                .filter(process -> !command(process).contains("-Xshare:dump"))
                .map(process -> process.pid() + " " + command(process))
                .toList();
    }

    private static String command(ProcessHandle process) {
        return process.info().commandLine().orElse("?");
    }

    private static List<String> environment(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of(); // ended meanwhile, or another user's
        }
    }
}
