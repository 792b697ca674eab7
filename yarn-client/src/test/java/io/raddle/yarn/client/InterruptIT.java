package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal before there is an application: nothing is submitted and nothing stays. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class InterruptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(15);
    /** Takes a cluster of this machine far longer than a signal. */
    private static final long LARGE_BYTES = 32L << 30;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void endsInTheMiddleOfAnUpload(String signal, RealCluster.Address cluster) throws Exception {
        String user = "hasty-" + signal.toLowerCase(java.util.Locale.ROOT);
        Path large = directory.resolve("large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(LARGE_BYTES);
        }
        Path source = Files.writeString(
                directory.resolve("Idle.java"), "public class Idle { public static void main(String[] words) {} }");
        SubmitProcess.Running running = new SubmitProcess(directory)
                .on(cluster)
                .as(user)
                .start(Small.with(java.util.List.of("--files", large + "#large"), Small.options(source.toString())));
        ClusterState state = ClusterState.of(cluster);
        String staging = "/user/" + user + "/.raddle/staging";
        Awaitility.await().atMost(PATIENCE).until(() -> {
            var staged = state.names(staging);
            return !staged.isEmpty()
                    && !state.names(staging + "/" + staged.get(0) + "/files").isEmpty();
        });

        long askedAt = System.nanoTime();
        Signals.send(signal, running.process().pid());

        SubmitProcess.Result result = running.result();
        assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(BusyMachine.stretch(SOON));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err())
                .contains("yarn-submit: Cancelled by Ctrl-C.")
                .doesNotContain(" submitted", "\tat ", "Exception");
        Leftovers.none(cluster, user, directory);
    }

    /** The engine is uploaded once per user here, so a user who comes first is caught at it. */
    @Test
    void leavesNoHalfEngine(RealCluster.Address cluster) throws Exception {
        Path source = Files.writeString(
                directory.resolve("Idle.java"), "public class Idle { public static void main(String[] words) {} }");
        SubmitProcess.Running running = new SubmitProcess(directory)
                .on(cluster)
                .ownCache("first-hasty")
                .start(Small.options(source.toString()));
        ClusterState state = ClusterState.of(cluster);
        String cache = "/user/first-hasty/.raddle/cache";
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> !state.names(cache).isEmpty());
        Signals.send("STOP", running.process().pid());
        Signals.send("INT", running.process().pid());
        Signals.send("CONT", running.process().pid());

        SubmitProcess.Result result = running.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(state.names(cache)).noneMatch(name -> name.startsWith(".uploading-"));
        Leftovers.none(cluster, "first-hasty", directory);
    }
}
