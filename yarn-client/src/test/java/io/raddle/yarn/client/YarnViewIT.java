package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.yarn.client.ResourceManagerPages.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What YARN's own tools show of our applications is the truth: its command line, its REST API and its web proxy. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class YarnViewIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    private Path program = Path.of("");

    @BeforeEach
    void writeProgram() throws IOException {
        program = Files.writeString(directory.resolve("Viewed.java"), """
                import io.raddle.Session;
                import java.io.FileInputStream;
                import java.util.List;

                public class Viewed {
                    public static void main(String[] words) {
                        String gate = words[0];
                        boolean fails = words.length > 1;
                        try (Session session = Session.builder().name("viewed").build()) {
                            session.parallelize(List.of(1, 2), 2).foreach(number -> {
                                if (number == 2) {
                                    try (FileInputStream pipe = new FileInputStream(gate)) {
                                        pipe.read();
                                    }
                                }
                                if (fails && number == 2) {
                                    throw new IllegalStateException("no luck");
                                }
                            });
                        }
                    }
                }
                """);
    }

    @Test
    void showsHowFarAnApplicationIsAndThatItSucceeded(RealCluster.Address cluster) throws Exception {
        Path pipe = directory.resolve("gate");
        ResourceManagerPages pages = ResourceManagerPages.of(cluster);
        try (Gate gate = Gate.shut(pipe)) {
            SubmitProcess.Running running = new SubmitProcess(directory)
                    .on(cluster)
                    .as("viewer-1")
                    .start(Small.with(
                            java.util.List.of("--conf", "raddle.app.name=a view"),
                            Small.options(program.toString(), pipe.toString())));
            Awaitility.await().atMost(PATIENCE).until(() -> running.err().contains("1/2"));
            String id = id(running.err());

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(pages.application(id).field("progress")).isEqualTo("50.0"));
            Document known = pages.application(id);
            assertThat(known.field("state")).isEqualTo("RUNNING");
            assertThat(known.field("finalStatus")).isEqualTo("UNDEFINED");
            assertThat(known.field("name")).isEqualTo("a view");
            assertThat(known.field("applicationType")).isEqualTo("RADDLE");
            assertThat(known.field("user")).isEqualTo("viewer-1");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pages.throughProxy(id))
                            .contains(id + ": <b>RUNNING</b>", "jobs 0 done and 1 running, tasks 1 of 2 done")
                            .contains("foreach at Viewed.java:10", "<progress max=\"2\" value=\"1\">", "1 of 2")
                            .doesNotContain("attempt"));
            assertThat(yarnApplicationStatus(cluster, id))
                    .contains(
                            "Application-Type : RADDLE", "State : RUNNING", "Final-State : UNDEFINED", "Progress : 50%")
                    .containsPattern("Tracking-URL : http://localhost:\\d+");

            gate.open();
            assertThat(running.result().exitCode()).as(running.err()).isZero();

            ended(cluster, id, "FINISHED", "SUCCEEDED", "");
            assertThat(pages.application(id).field("progress")).isEqualTo("100.0");
        }
        Leftovers.none(cluster, "viewer-1", directory);
    }

    @Test
    void showsThatAnApplicationFailedAndWhy(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("viewer-2")
                .run(Small.options(program.toString(), "/dev/null", "fails"));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FAILURE);
        ended(
                cluster,
                id(result.err()),
                "FINISHED",
                "FAILED",
                "the last time so: User code threw java.lang.IllegalStateException: no luck.");
        Leftovers.none(cluster, "viewer-2", directory);
    }

    @Test
    void showsThatAnApplicationWasKilledAndByWhom(RealCluster.Address cluster) throws Exception {
        Path pipe = directory.resolve("gate");
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("viewer-3");
        Gate.shut(pipe).close();
        SubmitProcess.Result detached = submit.run(
                Small.with(java.util.List.of("--detach"), Small.options(program.toString(), pipe.toString())));
        String id = detached.out().strip();

        assertThat(submit.run("--kill", id).exitCode()).isZero();

        ended(cluster, id, "KILLED", "KILLED", "was killed by user viewer-3");
        Leftovers.none(cluster, "viewer-3", directory);
    }

    private static String id(String text) {
        var matcher = java.util.regex.Pattern.compile("application_\\d+_\\d+").matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group();
    }

    private void ended(RealCluster.Address cluster, String id, String state, String finalStatus, String why)
            throws IOException, InterruptedException {
        ResourceManagerPages pages = ResourceManagerPages.of(cluster);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(pages.application(id).field("state")).isEqualTo(state));
        assertThat(pages.application(id).field("finalStatus")).isEqualTo(finalStatus);
        assertThat(pages.application(id).field("diagnostics")).contains(why);
        assertThat(yarnApplicationStatus(cluster, id))
                .contains("State : " + state, "Final-State : " + finalStatus, why);
        String own = pages.redirect(id);
        assertThat(own).as("the ResourceManager's own page").endsWith("/cluster/app/" + id);
        assertThat(pages.page(own)).contains(id, finalStatus, why);
    }

    /** {@code yarn application -status}: the class that the command of that name runs, on Hadoop's own jars. */
    private String yarnApplicationStatus(RealCluster.Address cluster, String id)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "status", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        cluster.confDirectory() + ":"
                                + RealCluster.project().resolve("scripts/cluster/target/3.5.0/lib") + "/*",
                        "org.apache.hadoop.yarn.client.cli.ApplicationCLI",
                        "application",
                        "-status",
                        id)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
