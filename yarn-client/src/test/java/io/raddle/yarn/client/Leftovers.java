package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What one application may leave on a cluster of this machine once it is over: its logs, and nothing else. */
record Leftovers(RealCluster.Address cluster, String user, String application) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Waits until there is nothing, as nodes take a moment to clean up. */
    void areNone() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            ClusterState state = ClusterState.of(cluster);
            assertThat(state.staged(user)).isEmpty();
            assertThat(state.alive(user)).isEmpty();
            assertThat(processes()).isEmpty();
            assertThat(files()).isEmpty();
        });
    }

    /** The command lines of its containers' processes, which name their log directories or their container. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(each -> each.info().commandLine().orElse(""))
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(String commandLine) {
        // Its containers' names share its number.
        return commandLine.contains(application.substring("application".length()))
                && !commandLine.contains("yarn-submit");
    }

    /** Its files and directories below those of the NodeManagers. */
    private List<Path> files() {
        Path data = cluster.confDirectory().resolveSibling("data");
        try (Stream<Path> all = Files.walk(data, 7)) {
            return all.filter(each -> each.getFileName().toString().equals(application))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // A directory vanished under the walk: look again.
            return List.of(data);
        }
    }
}
