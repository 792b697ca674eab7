package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
@BusyCores
class ClusterModeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** The cluster must answer first, on a machine that may be busy. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void countsWordsAsTheTextToolsOfTheSystemDo(RealCluster.Address cluster) throws Exception {
        FileSystem files = ClusterState.of(cluster).files();
        RealText text = RealText.of(RealCluster.project(), directory.resolve("text"));
        assertThat(text.store(files, new org.apache.hadoop.fs.Path("/tmp/words")))
                .as("blocks")
                .isBetween(20, 99);

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("alice")
                .run("--deploy-mode", "cluster", example("WordCount"), "/tmp/words/*", "/user/alice/counts");

        succeeded(result);
        assertThat(result.err()).as("about a task per block").containsPattern("Stage 0 .*: (\\d\\d)/\\1");
        FileStatus counts = files.getFileStatus(new org.apache.hadoop.fs.Path("/user/alice/counts"));
        assertThat(counts.getOwner()).isEqualTo("alice");
        Path output = directory.resolve("counts.txt");
        int parts = 0;
        try (var out = Files.newOutputStream(output)) {
            for (FileStatus part :
                    files.listStatus(counts.getPath(), path -> path.getName().startsWith("part-"))) {
                parts++;
                try (var in = files.open(part.getPath())) {
                    in.transferTo(out);
                }
            }
        }
        assertThat(parts).as("reducers").isBetween(20, 99);
        assertThat(output).hasSameBinaryContentAs(text.wordsByTheTools());
        Leftovers.none(cluster, "alice", directory);
    }

    @Test
    void uploadsTheEngineOnceAndShowsWhatTheProgramPrints(RealCluster.Address cluster) throws Exception {
        Path source = program("System.out.println(\"hello \" + words[0]); System.err.println(\"and bye\");");
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).withoutClassData();
        String[] elsewhere = {"--verbose", "--conf", "raddle.cache.dir=/tmp/engines"};

        SubmitProcess.Result first = submit.as("bob").run(Small.with(List.of(elsewhere), source.toString(), "one"));
        SubmitProcess.Result second = submit.run(Small.with(List.of(elsewhere), source.toString(), "two"));
        SubmitProcess.Result byAFriend = submit.as("bobs-friend")
                .run(Small.with(
                        List.of(elsewhere), "--conf", "raddle.cache.trusted.owner=bob", source.toString(), "three"));

        succeeded(first);
        succeeded(byAFriend);
        assertThat(byAFriend.err()).contains("the engine was cached");
        assertThat(ClusterState.of(cluster).names("/user/bobs-friend/.raddle/cache"))
                .isEmpty();
        assertThat(first.out()).isEqualTo("hello one\n");
        assertThat(second.out()).isEqualTo("hello two\n");
        assertThat(second.err()).contains("and bye", "the engine was cached");
        assertThat(ClusterState.of(cluster).names("/tmp/engines"))
                .filteredOn(name -> name.endsWith(".tar"))
                .hasSize(1);
        Leftovers.none(cluster, "bob", directory);
        Leftovers.none(cluster, "bobs-friend", directory);
    }

    @Test
    void ofTwoFirstSubmitsAtOnceBothRun(RealCluster.Address cluster) throws Exception {
        Path source = program("System.out.println(words[0]);");
        SubmitProcess submit =
                new SubmitProcess(directory).on(cluster).ownCache("twins").withoutClassData();

        SubmitProcess.Running one = submit.start(source.toString(), "one");
        SubmitProcess.Running two = submit.start(source.toString(), "two");

        assertThat(one.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(two.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(one.out()).as(one.err()).isEqualTo("one\n");
        assertThat(two.out()).as(two.err()).isEqualTo("two\n");
        assertThat(ClusterState.of(cluster).names("/user/twins/.raddle/cache")).hasSize(1);
        Leftovers.none(cluster, "twins", directory);
        assertThat(ClusterState.of(cluster).names("/user/twins/.raddle/cache"))
                .singleElement()
                .asString()
                .endsWith("-engine.tar");
    }

    @Test
    void exitsWithTheCodeThatTheProgramChose(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("exits")
                .run(program("System.exit(3);").toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains(
                        "FAILED",
                        "User code called System.exit(3). Look at the program's own output for why it chose this exit code.")
                .doesNotContain("\tat ", "Exception");
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
        Leftovers.none(cluster, "exits", directory);
    }

    @Test
    void showsTheExceptionOfTheUser(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("throws")
                .run(program("throw new IllegalStateException(\"no luck\");").toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err())
                .contains("java.lang.IllegalStateException: no luck")
                .containsOnlyOnce("Program.main(Program.java:")
                .doesNotContain("reflect", "UserProgram");
        assertThat(ClusterState.of(cluster)
                        .report(result.application().orElseThrow())
                        .getFinalApplicationStatus())
                .isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
        Leftovers.none(cluster, "throws", directory);
    }

    @Test
    void cancelsAtTheFirstCtrlC(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Running running = new SubmitProcess(directory)
                .on(cluster)
                .as("ctrl-c")
                .start(program("System.out.println(\"asleep\"); new java.util.concurrent.CountDownLatch(1).await();")
                        .toString());
        Awaitility.await().atMost(PATIENCE).until(() -> running.out().contains("asleep"));

        running.interrupt();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES))
                .as(running.err())
                .isTrue();
        assertThat(running.process().exitValue()).as(running.err()).isEqualTo(ExitCode.KILLED);
        assertThat(running.err()).contains("Cancelling", "KILLED", "Cancelled by Ctrl-C");
        Leftovers.none(cluster, "ctrl-c", directory);
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

        assertThat(attached.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(attached.process().exitValue()).as(attached.err()).isEqualTo(ExitCode.KILLED);
        assertThat(ClusterState.of(cluster).report(application).getYarnApplicationState())
                .isEqualTo(YarnApplicationState.KILLED);
        assertThat(submit.run("--status", "application_1_0001").err())
                .contains("The ResourceManager does not know this application.")
                .doesNotContain("\tat ");
        Leftovers.none(cluster, "carol", directory);
    }

    private static void succeeded(SubmitProcess.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("SUCCEEDED").doesNotContain("\tat ");
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
}
