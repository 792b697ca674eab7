package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be submitted is refused at once, in one sentence with its remedy, and leaves nothing behind. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class BadInputIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    /** Where the cluster must answer first: on a machine that is busy, that may take as long as all the rest. */
    private static final Duration WHEN_THE_CLUSTER_ANSWERED = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private Path application = Path.of("");

    @BeforeEach
    void writeApplication() throws IOException {
        application = Files.writeString(
                directory.resolve("Idle.java"), "public class Idle { public static void main(String[] words) {} }");
    }

    @Test
    void refusesToRunWithoutHadoopConfDir() throws Exception {
        refused(
                new SubmitProcess(directory).run(application.toString()),
                ExitCode.NOT_SUBMITTED,
                "HADOOP_CONF_DIR is not set",
                "--master embedded");
    }

    @Test
    void suggestsTheNearestOptionAndKey(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("bad-option");

        refused(submit.run("--exector-memory", "1g", "app.jar"), ExitCode.USAGE, "Did you mean --executor-memory?");
        refused(
                submit.run("--conf", "raddle.executor.memry=1g", application.toString()),
                ExitCode.USAGE,
                "Did you mean raddle.executor.memory?");
        Leftovers.none(cluster, "bad-option", directory);
    }

    @Test
    void refusesAConfDirectoryWithNothingInIt() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        refused(
                new SubmitProcess(directory)
                        .with("HADOOP_CONF_DIR", empty.toString())
                        .run(application.toString()),
                ExitCode.NOT_SUBMITTED,
                "HADOOP_CONF_DIR names " + empty,
                "--master embedded");
    }

    @Test
    void refusesASourceFileWithoutMain(RealCluster.Address cluster) throws Exception {
        Files.writeString(application, "public class Idle {}");

        refused(
                new SubmitProcess(directory).on(cluster).as("bad-main").run(application.toString()),
                ExitCode.NOT_SUBMITTED,
                "Idle.java has no main method.",
                "Add public static void main(String[] arguments).");
        Leftovers.none(cluster, "bad-main", directory);
    }

    @Test
    void refusesAClassWithoutMain(RealCluster.Address cluster) throws Exception {
        Files.writeString(
                application,
                "public class Idle { public static void main(String[] words) {} static class Other { void main() {} } }");

        refused(
                new SubmitProcess(directory)
                        .on(cluster)
                        .as("bad-class")
                        .run("--class", "Idle$Other", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "The class Idle$Other has no method public static void main(String[]).");
        Leftovers.none(cluster, "bad-class", directory);
    }

    @Test
    void refusesAMissingJarAndAMissingClass(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("bad-jar");

        refused(submit.run("nowhere.jar"), ExitCode.USAGE, "nowhere.jar does not exist.");
        refused(
                submit.run("--class", "org.example.Nothing", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "There is no class org.example.Nothing");
        Leftovers.none(cluster, "bad-jar", directory);
    }

    @Test
    void showsWhereASourceFileDoesNotCompile(RealCluster.Address cluster) throws Exception {
        Files.writeString(application, "public class Idle {\n  int one = \"1\";\n}\n");

        refused(
                new SubmitProcess(directory).on(cluster).as("bad-source").run(application.toString()),
                ExitCode.NOT_SUBMITTED,
                "does not compile",
                "Idle.java:2: incompatible types");
        Leftovers.none(cluster, "bad-source", directory);
    }

    @Test
    void saysTheLargestContainerThatTheClusterGrants(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("bad-size");

        refusedWithin(
                WHEN_THE_CLUSTER_ANSWERED,
                submit.run("--executor-memory", "100g", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "at most 4096 MiB, and --executor-memory asks for 102400 MiB.");
        refusedWithin(
                WHEN_THE_CLUSTER_ANSWERED,
                submit.run("--driver-cores", "64", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "at most 4 vcores, and --driver-cores asks for 64.");
        Leftovers.none(cluster, "bad-size", directory);
    }

    @Test
    void refusesAQueueThatIsMissingOrStopped(RealCluster.Address cluster) throws Exception {
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("bad-queue");

        refusedWithin(
                WHEN_THE_CLUSTER_ANSWERED,
                submit.run("--queue", "nowhere", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "The cluster has no queue nowhere.");
        refusedWithin(
                WHEN_THE_CLUSTER_ANSWERED,
                submit.run("--queue", "stopped", application.toString()),
                ExitCode.NOT_SUBMITTED,
                "The queue stopped is stopped");
        Leftovers.none(cluster, "bad-queue", directory);
    }

    @Test
    void givesUpOnAnUnreachableResourceManager(RealCluster.Address cluster) throws Exception {
        Path conf = confWith(cluster, "yarn-site.xml", "yarn.resourcemanager.address", "localhost:" + unusedPort());

        SubmitProcess.Result result = new SubmitProcess(directory)
                .with("HADOOP_CONF_DIR", conf.toString())
                .as("no-resource-manager")
                .run(application.toString());

        refusedWithin(Duration.ofSeconds(30), result, ExitCode.NOT_SUBMITTED, "The ResourceManager at localhost:");
        Leftovers.none(cluster, "no-resource-manager", directory);
    }

    @Test
    void givesUpOnAnUnreachableNameNode(RealCluster.Address cluster) throws Exception {
        Path conf = confWith(cluster, "core-site.xml", "fs.defaultFS", "hdfs://localhost:" + unusedPort());

        SubmitProcess.Result result = new SubmitProcess(directory)
                .with("HADOOP_CONF_DIR", conf.toString())
                .as("no-name-node")
                .run(application.toString());

        refusedWithin(
                Duration.ofSeconds(30),
                result,
                ExitCode.NOT_SUBMITTED,
                "The file system hdfs://localhost:",
                "NameNode");
        Leftovers.none(cluster, "no-name-node", directory);
    }

    @Test
    void saysWhichJavaIsTooOldAndWhichIsMissing() throws Exception {
        refused(
                new SubmitProcess(directory)
                        .with("JAVA_HOME", directory.toString())
                        .run("--version"),
                ExitCode.NOT_SUBMITTED,
                "has no bin/java",
                "JDK 17");

        Path java = Files.createDirectories(directory.resolve("jdk-11/bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(directory.resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");
        refused(
                new SubmitProcess(directory)
                        .with("JAVA_HOME", directory.resolve("jdk-11").toString())
                        .run("--version"),
                ExitCode.NOT_SUBMITTED,
                "Java 11.0.2 at " + java + " is too old.",
                "JDK 17");
    }

    private void refused(SubmitProcess.Result result, int exitCode, String... parts) {
        refusedWithin(AT_ONCE, result, exitCode, parts);
    }

    private void refusedWithin(Duration limit, SubmitProcess.Result result, int exitCode, String... parts) {
        assertThat(result.err()).contains(parts).startsWith("yarn-submit: ").doesNotContain("\tat ", "Exception");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(limit));
        Leftovers.noneHere(directory);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A copy of the cluster's configuration in which one file ends with another value. */
    private Path confWith(RealCluster.Address cluster, String file, String key, String value) throws IOException {
        Path conf = Files.createDirectory(directory.resolve("conf"));
        try (Stream<Path> files = Files.list(cluster.confDirectory())) {
            for (Path original : files.filter(Files::isRegularFile).toList()) {
                Files.copy(original, conf.resolve(original.getFileName()));
            }
        }
        String property = "<property><name>" + key + "</name><value>" + value + "</value></property></configuration>";
        String text = Files.readString(conf.resolve(file));
        Files.writeString(conf.resolve(file), text.replace("</configuration>", property));
        return conf;
    }
}
