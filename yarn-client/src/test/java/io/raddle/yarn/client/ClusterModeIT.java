package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs on a real cluster, submitted as a person submits them. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class ClusterModeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void countsWordsAsTheTextToolsOfTheSystemDo(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        Path text = RealCluster.project().resolve("ARCHITECTURE.md");
        Path output = directory.resolve("counts.txt");
        try (FileSystem files = FileSystem.newInstance(state.configuration().forClient())) {
            org.apache.hadoop.fs.Path input = new org.apache.hadoop.fs.Path("/tmp/words/text.txt");
            files.copyFromLocalFile(new org.apache.hadoop.fs.Path(text.toUri()), input);

            SubmitProcess.Result result = new SubmitProcess(directory)
                    .on(cluster)
                    .as("alice")
                    .run("--deploy-mode", "cluster", example("WordCount"), "/tmp/words/text.txt", "/user/alice/counts");

            succeeded(result);
            FileStatus counts = files.getFileStatus(new org.apache.hadoop.fs.Path("/user/alice/counts"));
            assertThat(counts.getOwner()).isEqualTo("alice");
            try (var out = Files.newOutputStream(output)) {
                for (FileStatus part : files.listStatus(counts.getPath())) {
                    try (var in = files.open(part.getPath())) {
                        in.transferTo(out);
                    }
                }
            }
        }
        assertThat(Files.readString(output)).isEqualTo(wordsByTheTools(text));
        nothingLeft(state, "alice");
    }

    @Test
    void uploadsTheEngineOnceAndShowsWhatTheProgramPrints(RealCluster.Address cluster) throws Exception {
        Path source = program("System.out.println(\"hello \" + words[0]); System.err.println(\"and bye\");");
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("bob");

        SubmitProcess.Result first = submit.run("--verbose", source.toString(), "one");
        SubmitProcess.Result second = submit.run("--verbose", source.toString(), "two");

        succeeded(first);
        assertThat(first.out()).isEqualTo("hello one\n");
        assertThat(second.out()).isEqualTo("hello two\n");
        assertThat(second.err()).contains("and bye", "the engine was cached");
        assertThat(ClusterState.of(cluster).names("/user/bob/.raddle/cache")).hasSize(1);
        nothingLeft(ClusterState.of(cluster), "bob");
    }

    @Test
    void ofTwoFirstSubmitsAtOnceBothRun(RealCluster.Address cluster) throws Exception {
        Path source = program("System.out.println(words[0]);");
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("twins");

        SubmitProcess.Running one = submit.start(source.toString(), "one");
        SubmitProcess.Running two = submit.start(source.toString(), "two");

        assertThat(one.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(two.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(one.out()).as(one.err()).isEqualTo("one\n");
        assertThat(two.out()).as(two.err()).isEqualTo("two\n");
        assertThat(ClusterState.of(cluster).names("/user/twins/.raddle/cache")).hasSize(1);
    }

    @Test
    void exitsWithTheCodeThatTheProgramChose(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("exits")
                .run(program("System.exit(3);").toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains("FAILED", "User code called System.exit(3).")
                .doesNotContain("\tat ");
        nothingLeft(ClusterState.of(cluster), "exits");
    }

    @Test
    void showsTheExceptionOfTheUser(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("throws")
                .run(program("throw new IllegalStateException(\"no luck\");").toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err()).contains("java.lang.IllegalStateException: no luck", "Program.main(Program.java:");
        assertThat(ClusterState.of(cluster)
                        .report(result.application().orElseThrow())
                        .getFinalApplicationStatus())
                .isEqualTo(FinalApplicationStatus.FAILED);
        nothingLeft(ClusterState.of(cluster), "throws");
    }

    @Test
    void cancelsAtTheFirstCtrlC(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = new SubmitProcess(directory)
                .on(cluster)
                .as("ctrl-c")
                .start(program("System.out.println(\"asleep\"); new java.util.concurrent.CountDownLatch(1).await();")
                        .toString());
        Awaitility.await().atMost(PATIENCE).until(() -> running.out().contains("asleep"));

        new ProcessBuilder("kill", "-INT", String.valueOf(running.process().pid()))
                .start()
                .waitFor();

        assertThat(running.process().waitFor(1, TimeUnit.MINUTES))
                .as(running.err())
                .isTrue();
        assertThat(running.process().exitValue()).as(running.err()).isEqualTo(ExitCode.KILLED);
        assertThat(running.err()).contains("Cancelling", "KILLED", "Cancelled by Ctrl-C");
        nothingLeft(ClusterState.of(cluster), "ctrl-c");
    }

    @Test
    void detachesAndIsListedFollowedAndKilled(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("carol");
        SubmitProcess.Result detached = submit.run(
                "--detach",
                "--name",
                "sleeper",
                program("System.out.println(\"asleep\"); new java.util.concurrent.CountDownLatch(1).await();")
                        .toString());
        String application = detached.out().strip();
        assertThat(detached.exitCode()).isZero();
        assertThat(application).startsWith("application_");

        assertThat(submit.run("--list").out()).contains(application, "sleeper", "carol");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> submit.run("--logs", application).out().contains("asleep"));
        assertThat(submit.run("--status", application).out()).contains("State:    RUNNING", "Driver:   ");
        SubmitProcess.Running attached = submit.start("--attach", application);
        Awaitility.await().atMost(PATIENCE).until(() -> attached.out().contains("asleep"));
        assertThat(submit.run("--kill", application).exitCode()).isZero();

        assertThat(attached.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(attached.process().exitValue()).as(attached.err()).isEqualTo(ExitCode.KILLED);
        assertThat(ClusterState.of(cluster).report(application).getYarnApplicationState())
                .isEqualTo(YarnApplicationState.KILLED);
        assertThat(submit.run("--status", "application_1_0001").err())
                .contains("The ResourceManager does not know this application.")
                .doesNotContain("\tat ");
        nothingLeft(ClusterState.of(cluster), "carol");
    }

    private static void succeeded(SubmitProcess.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("SUCCEEDED").doesNotContain("\tat ");
    }

    private static void nothingLeft(ClusterState state, String user) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(state.staged(user)).isEmpty();
            assertThat(state.alive(user)).isEmpty();
        });
    }

    private Path program(String body) throws IOException {
        return Files.writeString(directory.resolve("Program.java"), """
                public class Program {
                    public static void main(String[] words) throws Exception {
                        %s
                    }
                }
                """.formatted(body));
    }

    private static String example(String name) {
        return RealCluster.project()
                .resolve("scripts/examples/" + name + ".java")
                .toString();
    }

    private static String wordsByTheTools(Path text) throws IOException, InterruptedException {
        Process tools = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "tr -s '[:space:]' '\\n' < \"$0\" | LC_ALL=C sort | uniq -c | awk '$2 != \"\" { print $2 \" \" $1 }'",
                        text.toString())
                .start();
        String counts = new String(tools.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tools.waitFor()).isZero();
        return counts;
    }
}
