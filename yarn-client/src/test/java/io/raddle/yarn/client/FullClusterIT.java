package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the cluster is full, the console says why we wait and keeps saying it, and Ctrl-C ends the wait. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class FullClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration AFTER_CTRL_C = Duration.ofSeconds(15);
    private static final List<String> WAITING = List.of("--queue", "small", "--conf", "raddle.wait.report.interval=1s");

    @TempDir
    Path directory;

    @Test
    void keepsSayingWhyItWaitsUntilItIsToldToStop(RealCluster.Address cluster) throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        SubmitProcess.Running executorsMissing = submit(cluster, "waits-1", first);
        saysAgainAndAgain(
                executorsMissing,
                "Waiting: 2 executors of 512 MiB and 1 core have been missing for \\d+ s\\.",
                "Waiting: The ResourceManager says that queue root.small has .* left for us on 2 nodes: others must end first\\.",
                "Waiting: Queue root.small uses \\d+ % of its capacity, which is 10 % of the cluster and may grow to 10 %\\.");
        SubmitProcess.Running masterMissing = submit(cluster, "waits-2", second);
        saysAgainAndAgain(
                masterMissing,
                "Waiting: In this queue application masters have 512 MiB with 1 core and may have 256 MiB with 1 core;"
                        + " this one needs 512 MiB with 1 core, so another must end first\\.",
                "Waiting: Queue root.small uses \\d+ % of its capacity and may use 100 %\\.",
                "Waiting: The cluster has 2 nodes\\.");
        ResourceManagerPages pages = ResourceManagerPages.of(cluster);
        String used = String.format("uses %.0f %%", pages.usedPercent("small"));
        assertThat(last(masterMissing, "uses \\d+ %")).isEqualTo(used);
        assertThat(last(executorsMissing, "uses \\d+ %")).isEqualTo(used);

        endsAtTheFirstCtrlC(masterMissing);
        Leftovers.none(cluster, "waits-2", second);
        assertThat(pages.running("waits-1")).as("the other application goes on").isTrue();
        endsAtTheSecondCtrlC(executorsMissing);
        Leftovers.none(cluster, "waits-1", first);
    }

    /** A program that does not end of being cancelled. */
    private SubmitProcess.Running submit(RealCluster.Address cluster, String user, Path place) throws IOException {
        Path source = Files.writeString(place.resolve("Stubborn.java"), """
                public class Stubborn {
                    public static void main(String[] words) {
                        for (;;) {
                            java.util.concurrent.locks.LockSupport.park();
                            Thread.interrupted();
                        }
                    }
                }
                """);
        return new SubmitProcess(place)
                .on(cluster)
                .as(user)
                .start(Small.with(WAITING, Small.options(source.toString())));
    }

    private static void saysAgainAndAgain(SubmitProcess.Running running, String... sentences) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            for (String sentence : sentences) {
                long said = running.err()
                        .lines()
                        .filter(line -> line.matches(sentence))
                        .count();
                assertThat(said).as(sentence + " in:\n" + running.err()).isGreaterThanOrEqualTo(3);
            }
        });
    }

    private static void endsAtTheFirstCtrlC(SubmitProcess.Running running) throws Exception {
        long askedAt = System.nanoTime();
        running.interrupt();

        SubmitProcess.Result result = running.result();
        assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(BusyMachine.stretch(AFTER_CTRL_C));
        assertThat(result.exitCode()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err())
                .contains("Cancelling; once more kills the application.", " KILLED in ", "Killed by Ctrl-C.")
                .doesNotContain("\tat ", "Exception", " RUNNING");
    }

    private static void endsAtTheSecondCtrlC(SubmitProcess.Running running) throws Exception {
        long askedAt = System.nanoTime();
        running.interrupt();
        Awaitility.await().atMost(PATIENCE).until(() -> running.err().contains("Cancelling; once more kills"));
        running.interrupt();

        SubmitProcess.Result result = running.result();
        assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(BusyMachine.stretch(AFTER_CTRL_C));
        assertThat(result.exitCode()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err())
                .contains("Killing.", " KILLED in ", "Killed by a second Ctrl-C.")
                .doesNotContain("\tat ", "Exception");
    }

    private static String last(SubmitProcess.Running running, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(running.err());
        String last = "";
        while (matcher.find()) {
            last = matcher.group();
        }
        return last;
    }
}
