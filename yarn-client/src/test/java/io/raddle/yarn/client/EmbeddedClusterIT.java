package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The masters that need nothing but this machine. */
@Timeout(300)
@BusyCores
class EmbeddedClusterIT {
    @TempDir
    Path directory;

    @Test
    void runsTheFirstCommandOfTheReadmeOnAClusterOfItsOwnAndLeavesNothing() throws Exception {
        Path temporary = SubmitProcess.temporary(directory);
        String command = Readme.command("--master embedded");

        SubmitProcess.Result result = new SubmitProcess(directory).shell(RealCluster.project(), command);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(Readme.mostFrequentWords(20));
        nothingIsLeft(temporary);
    }

    /** A terminal sends Ctrl-C to the launcher of the daemons too, a scheduler's kill goes to the client alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingOfAClusterThatWasInterruptedWhileItStarted(boolean fromTerminal) throws Exception {
        Path temporary = SubmitProcess.temporary(directory);
        SubmitProcess.Running running =
                new SubmitProcess(directory).start("--master", "embedded", example("WordCount"), "file:/etc/hosts");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> daemonRuns(temporary));

        if (fromTerminal) {
            List<ProcessHandle> launchers = running.process()
                    .descendants()
                    .filter(process -> commandLine(process).contains("io.raddle.cluster.LocalCluster"))
                    .toList();
            for (ProcessHandle launcher : launchers) {
                Signals.send("INT", launcher.pid());
            }
        }
        running.interrupt();

        SubmitProcess.Result result = running.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err())
                .contains("yarn-submit: Cancelled by Ctrl-C.")
                .doesNotContain(" submitted", "did not obey", "\tat ", "Exception");
        nothingIsLeft(temporary);
    }

    @Test
    void leavesNothingWhenItsTerminalIsClosed() throws Exception {
        Path temporary = SubmitProcess.temporary(directory);
        SubmitProcess.Running running = waiting();

        Signals.send("HUP", running.process().pid());

        SubmitProcess.Result result = running.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err()).contains(" KILLED in ").doesNotContain("\tat ");
        nothingIsLeft(temporary);
    }

    /** The third leaves nobody who could stop the cluster: its daemons notice. */
    @Test
    void leavesNothingOnceItWasToldThreeTimesToEnd() throws Exception {
        Path temporary = SubmitProcess.temporary(directory);
        SubmitProcess.Running running = waiting();

        for (int told = 1; told <= 3; told++) {
            int soFar = told;
            running.interrupt();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> soFar == 3 || running.err().contains(soFar == 1 ? "Cancelling" : "Killing."));
        }

        assertThat(running.result().exitCode()).as(running.err()).isEqualTo(130);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> nothingIsLeft(temporary));
    }

    /** A program on a cluster of its own that is in its main and does not listen to anybody who wants it to end. */
    private SubmitProcess.Running waiting() throws IOException {
        Path program = Files.writeString(directory.resolve("Deaf.java"), """
                public class Deaf {
                    public static void main(String[] words) {
                        System.out.println("runs");
                        new java.util.concurrent.Semaphore(0).acquireUninterruptibly();
                    }
                }
                """);
        SubmitProcess.Running running = new SubmitProcess(directory).start("--master", "embedded", program.toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> running.out().contains("runs"));
        return running;
    }

    private static boolean daemonRuns(Path temporary) {
        return ProcessHandle.allProcesses()
                .map(EmbeddedClusterIT::commandLine)
                .anyMatch(line -> line.contains("-Draddle.cluster.dir=" + temporary));
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private static void nothingIsLeft(Path temporary) throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(Path::getFileName).map(Path::toString).filter(name -> name.startsWith("raddle-")))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(EmbeddedClusterIT::commandLine)
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
    }

    @Test
    void namesTheCommandThatTheContinuousBuildCalls() throws Exception {
        assertThat(Files.readString(RealCluster.project().resolve(".ci/run")).lines())
                .anyMatch(line -> line.matches("./mvnw( -\\S+)*( clean)? verify"));
        assertThat(Readme.command("mvnw")).isEqualTo("./mvnw verify");
    }

    @Test
    void runsInThisProcess() throws Exception {
        Path text = Files.writeString(directory.resolve("text.txt"), "to be or not to be\n");

        SubmitProcess.Result result = new SubmitProcess(directory)
                .run("--master", "local[2]", example("TopKWords"), text.toUri().toString(), "1");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("not 1\n");
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("submit"), RealCluster.project().resolve("scripts/yarn-submit"));
        Path second = Files.createSymbolicLink(directory.resolve("again"), link.getFileName());

        SubmitProcess.Result result =
                new SubmitProcess(directory).through(second).run("--version");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Raddle ");
    }

    private static String example(String name) {
        return RealCluster.project()
                .resolve("scripts/examples/" + name + ".java")
                .toString();
    }
}
