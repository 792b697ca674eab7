package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The driver in the process of yarn-submit, its executors on the cluster, and a master that relays between them. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class ClientModeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    void runsTheDriverHereAndEndsWell(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = start(cluster, "here", "end");

        SubmitProcess.Result result = running.result();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "driver " + running.process().pid() + "\ncounts [(0,334), (1,333), (2,333)]\nbytes 6000000\n");
        assertThat(status(cluster, result)).isEqualTo(FinalApplicationStatus.SUCCEEDED);
        Leftovers.noneOf(cluster, "here", directory, result.application().orElseThrow());
    }

    @Test
    void endsAsFailedWhenTheProgramThrows(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = start(cluster, "thrower", "fail").result();

        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err()).contains("IllegalStateException: as asked", "FAILED in");
        assertThat(status(cluster, result)).isEqualTo(FinalApplicationStatus.FAILED);
        Leftovers.noneOf(cluster, "thrower", directory, result.application().orElseThrow());
    }

    @Test
    void isFollowedFromAnotherTerminalThoughItsOutputIsNot(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = waiting(cluster, "watched");
        SubmitProcess other = new SubmitProcess(directory).on(cluster).as("watched");
        String application = ClusterState.of(cluster)
                .alive("watched")
                .get(0)
                .getApplicationId()
                .toString();

        assertThat(other.run("--status", application).out()).contains("RUNNING", "count at Program.java");
        assertThat(other.run("--logs", application).err()).contains("is not on the cluster and writes to the console");
        SubmitProcess.Running attached = other.start("--attach", application);
        Awaitility.await().atMost(PATIENCE).until(() -> attached.err().contains("count at Program.java"));
        running.interrupt();

        assertThat(attached.result().exitCode()).as(attached.err()).isEqualTo(ExitCode.KILLED);
        assertThat(running.result().exitCode()).isEqualTo(ExitCode.KILLED);
    }

    @Test
    void endsAsKilledByCtrlC(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = waiting(cluster, "stopper");

        running.interrupt();

        SubmitProcess.Result result = running.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err()).contains("KILLED in", "Cancelled by Ctrl-C.");
        assertThat(status(cluster, result)).isEqualTo(FinalApplicationStatus.KILLED);
        Leftovers.noneOf(cluster, "stopper", directory, result.application().orElseThrow());
    }

    @Test
    void endsAsFailedOnceTheLeaseOfAKilledDriverIsOver(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = waiting(cluster, "victim");

        running.process().destroyForcibly().waitFor();

        SubmitProcess.Result result = running.result();
        ApplicationReport report = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> report(cluster, result),
                        each -> each.getYarnApplicationState() == YarnApplicationState.FINISHED);
        assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(report.getDiagnostics()).contains("The driver was lost: nothing was heard of it for 5 s.");
        // What a killed process cannot remove, the next one does.
        assertThat(start(cluster, "victim", "end").result().exitCode()).isZero();
        Leftovers.noneOf(cluster, "victim", directory, result.application().orElseThrow());
    }

    /** So nobody can call it, and no firewall and no unknown host name stands in the way. */
    @Test
    void listensOnNoPortWhereTheDriverIs(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = waiting(cluster, "deaf");

        assertThat(listening(running.process().pid())).isEmpty();

        running.interrupt();
        running.result();
    }

    private SubmitProcess.Running waiting(RealCluster.Address cluster, String user) throws Exception {
        SubmitProcess.Running running = start(cluster, user, "wait", "--conf", "raddle.driver.lease=5s");
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(running.process().isAlive()).as(running.err()).isTrue();
            return running.out().contains("bytes 6000000");
        });
        Awaitility.await().atMost(PATIENCE).until(() -> running.err().contains(" running"));
        return running;
    }

    private SubmitProcess.Running start(RealCluster.Address cluster, String user, String word, String... options)
            throws IOException {
        Path source = ClientProgram.write(directory);
        List<String> words = Stream.of(
                        Stream.of("--deploy-mode", "client", "--executor-memory", "512m"),
                        Stream.of(options),
                        Stream.of(source.toString(), word))
                .flatMap(part -> part)
                .toList();
        return new SubmitProcess(directory).on(cluster).as(user).start(words.toArray(String[]::new));
    }

    private static FinalApplicationStatus status(RealCluster.Address cluster, SubmitProcess.Result result) {
        return report(cluster, result).getFinalApplicationStatus();
    }

    private static ApplicationReport report(RealCluster.Address cluster, SubmitProcess.Result result) {
        return ClusterState.of(cluster).report(result.application().orElseThrow());
    }

    /** The sockets of a process that wait for calls, by their numbers. */
    private static Set<String> listening(long pid) throws IOException {
        Set<String> waiting = Stream.concat(sockets(pid, "tcp"), sockets(pid, "tcp6"))
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[3].equals("0A"))
                .map(fields -> "socket:[" + fields[9] + "]")
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.map(ClientModeIT::target).filter(waiting::contains).collect(Collectors.toSet());
        }
    }

    private static Stream<String> sockets(long pid, String protocol) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", protocol), StandardCharsets.US_ASCII)
                .stream()
                .skip(1);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
