package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code scripts/yarn-submit} does before a JVM starts: in a checkout of its own, whose Java and Maven only say so. */
@Timeout(60)
class LauncherTest {
    private static final Instant BUILT = Instant.parse("2020-01-02T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2020-01-03T00:00:00Z");

    @TempDir
    Path directory;

    private Path project = Path.of("");
    private Path stamp = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        project = Files.createDirectories(directory.resolve("checkout"));
        Path scripts = Files.createDirectories(project.resolve("scripts"));
        Files.copy(RealCluster.project().resolve("scripts/yarn-submit"), scripts.resolve("yarn-submit"));
        stamp = Files.createFile(Files.createDirectories(project.resolve("yarn-client/target/raddle"))
                .resolve("engine.sha256"));
        source = Files.createFile(Files.createDirectories(project.resolve("scheduler/src/main/java"))
                .resolve("Rdd.java"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("scheduler/pom.xml"));
        executable(project.resolve("mvnw"), "echo \"maven $*\"; touch \"" + stamp + "\"");
        executable(Files.createDirectories(directory.resolve("jdk/bin")).resolve("java"), "printf '%s\\n' \"$@\"");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        allOf(BEFORE);
        Files.setLastModifiedTime(stamp, FileTime.from(BUILT));
    }

    @Test
    void runsWhatWasBuiltWhileNoSourceIsNewer() throws Exception {
        SubmitProcess.Result result = submit("app.jar");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith("io.raddle.yarn.client.YarnSubmit\napp.jar\n");
    }

    @Test
    void buildsWhenASourceIsNewerThanWhatWasBuilt() throws Exception {
        Files.setLastModifiedTime(source, FileTime.from(AFTER));

        SubmitProcess.Result result = submit("app.jar");

        assertThat(result.err()).startsWith("Building Raddle with Maven").contains(" ...\nmaven ", " package");
        assertThat(result.out()).endsWith("app.jar\n").doesNotContain("maven");
        assertThat(submit("app.jar").err()).isEmpty();
    }

    @Test
    void buildsWhenAPomIsNewerOrNothingWasBuilt() throws Exception {
        Files.setLastModifiedTime(project.resolve("scheduler/pom.xml"), FileTime.from(AFTER));
        assertThat(submit("app.jar").err()).startsWith("Building Raddle with Maven");

        Files.delete(stamp);
        assertThat(submit("app.jar").err()).startsWith("Building Raddle with Maven");
    }

    @Test
    void looksForNoSourcesWhereNothingCanBeBuilt() throws Exception {
        Files.setLastModifiedTime(source, FileTime.from(AFTER));
        Files.delete(project.resolve("mvnw"));

        assertThat(submit("app.jar").err()).isEmpty();
    }

    @Test
    void saysThatTheBuildFailedAndRunsNothingOld() throws Exception {
        Files.setLastModifiedTime(source, FileTime.from(AFTER));
        executable(project.resolve("mvnw"), "echo no luck; exit 1");

        SubmitProcess.Result result = submit("app.jar");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_SUBMITTED);
        assertThat(result.err()).contains("no luck\nyarn-submit: The build failed");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--master local[2] app.jar, 1g",
        "--master=local --driver-memory=2g app.jar --driver-memory 7g, 2g",
        "--conf raddle.master=local -v --driver-memory 2GiB app.jar, 2G",
        "--master local --conf raddle.driver.memory=768m --driver-memory lots app.jar, 768m",
        "--properties-file given.properties app.jar, 3g",
        "--driver-memory 4g --properties-file=given.properties app.jar, 4g"
    })
    void givesAProgramOfThisProcessTheHeapThatItAsksFor(String words, String heap) throws Exception {
        Files.writeString(
                directory.resolve("given.properties"), "raddle.master = local[3]\nraddle.driver.memory: 3g \n");

        assertThat(submit(words.split(" ")).out().lines())
                .contains("-Xmx" + heap)
                .doesNotContain("-Xmx512m", "-XX:TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.jar --master local",
                "--driver-memory 2g app.jar",
                "--master yarn --conf raddle.master=local app.jar",
                "--detach --master"
            })
    void staysSmallWhereTheProgramRunsElsewhere(String words) throws Exception {
        assertThat(submit(words.split(" ")).out().lines()).contains("-Xmx512m", "-XX:TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @CsvSource({
        "app.jar, -Xmx3g",
        "--driver-memory 4g app.jar, -Xmx4g",
        "--deploy-mode cluster app.jar, -Xmx512m",
        "--master local app.jar, -Xmx1g"
    })
    void readsTheDefaultsOfTheClusterWhereTheProgramGoesToIt(String words, String heap) throws Exception {
        Path conf = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(conf.resolve(ClusterDefaults.FILE), "raddle.deploy.mode=client\nraddle.driver.memory=3g\n");

        SubmitProcess.Result result =
                launcher().with("HADOOP_CONF_DIR", conf.toString()).run(words.split(" "));

        assertThat(result.out().lines()).contains(heap);
    }

    private SubmitProcess.Result submit(String... words) throws IOException, InterruptedException {
        return launcher().run(words);
    }

    private SubmitProcess launcher() {
        return new SubmitProcess(directory)
                .with("JAVA_HOME", directory.resolve("jdk").toString())
                .through(project.resolve("scripts/yarn-submit"));
    }

    private void allOf(Instant time) throws IOException {
        try (var files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    private static Path executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
