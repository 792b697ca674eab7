package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Daemons of the oldest Hadoop that must do; {@code scripts/matrix} meets all of them, at greater length. */
@Timeout(600)
class OldestHadoopIT {
    private static final String VERSION = "3.3.6";

    @TempDir
    Path directory;

    @Test
    void runsProgramsOverItsFilesAndAnswersTheVerbs() throws Exception {
        try (RealCluster.Daemons daemons = RealCluster.Daemons.start(
                "oldest-cluster", "--hadoop-version", VERSION, "--node-managers", "1", "--memory", "4096")) {
            RealText text = new RealText(java.util.List.of(
                    Files.copy(RealCluster.project().resolve("ARCHITECTURE.md"), directory.resolve("page"))));
            FileSystem files = ClusterState.of(daemons.address()).files();
            text.store(files, new org.apache.hadoop.fs.Path("/tmp/pages"));
            SubmitProcess submit =
                    new SubmitProcess(directory).on(daemons.address()).as("elder");

            SubmitProcess.Result counts = submit.run(Small.options(
                    RealCluster.project()
                            .resolve("scripts/examples/WordCount.java")
                            .toString(),
                    "/tmp/pages",
                    "/user/elder/counts"));

            assertThat(counts.exitCode()).as(counts.err()).isZero();
            assertThat(counts.err()).contains("SUCCEEDED").doesNotContain("\tat ");
            assertThat(gathered(files)).hasSameBinaryContentAs(text.wordsByTheTools());
            String application = counts.application().orElseThrow();
            assertThat(submit.run("--status", application).out()).contains("FINISHED", "SUCCEEDED");
            assertThat(submit.run("--logs", application).exitCode()).isZero();
            assertThat(submit.run("--list").out()).doesNotContain(application);
            Leftovers.none(daemons.address(), "elder", directory);
        }
    }

    private Path gathered(FileSystem files) throws Exception {
        Path gathered = directory.resolve("counts");
        try (OutputStream out = Files.newOutputStream(gathered)) {
            for (FileStatus part : files.listStatus(
                    new org.apache.hadoop.fs.Path("/user/elder/counts"),
                    path -> path.getName().startsWith("part-"))) {
                try (var in = files.open(part.getPath())) {
                    in.transferTo(out);
                }
            }
        }
        return gathered;
    }
}
