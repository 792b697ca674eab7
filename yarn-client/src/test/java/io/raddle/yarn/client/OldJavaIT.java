package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose Java is older than ours, on a cluster of their own. Their Java is the real one but for a main class that a
 * file names: that one it refuses with the words and the exit code of Java 11.
 */
@Timeout(300)
class OldJavaIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path nodes;

    @TempDir
    Path directory;

    private static RealCluster.Daemons daemons;

    @BeforeAll
    static void startClusterWithOldJava() throws IOException {
        Path java = Files.createDirectories(nodes.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case "$*" in
                  *"$(cat '%1$s')"*)
                    echo "Error: LinkageError occurred while loading main class $(cat '%1$s')" >&2
                    echo "	java.lang.UnsupportedClassVersionError: io/raddle/Main has been compiled by a more recent version of the Java Runtime (class file version 61.0), this version of the Java Runtime only recognizes class file versions up to 55.0" >&2
                    exit 1
                    ;;
                esac
                exec '%2$s/bin/java' "$@"
                """.formatted(nodes.resolve("refused"), System.getProperty("java.home")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        daemons = RealCluster.Daemons.start(
                "it-cluster-old-java",
                "--node-managers",
                "1",
                "--memory",
                "2048",
                "--conf",
                "yarn.nodemanager.admin-env=JAVA_HOME=" + nodes);
    }

    @AfterAll
    static void stopCluster() {
        daemons.close();
    }

    @Test
    void saysThatTheDriversNodeHasAnOldJava() throws Exception {
        SubmitProcess.Result result = runWhereJavaRefuses("io.raddle.yarn.master.ApplicationMasterMain", "old-master");

        failed(result, "The Java of the cluster's nodes is too old for Raddle.", "--ship-jdk");
        Leftovers.none(daemons.address(), "old-master", directory);
    }

    @Test
    void saysThatTheExecutorsNodesHaveAnOldJava() throws Exception {
        SubmitProcess.Result result = runWhereJavaRefuses("io.raddle.executor.ExecutorMain", "old-executor");

        failed(result, " runs Java 11, and Raddle needs Java 17 or newer.", "Send a JDK along with --ship-jdk");
        Leftovers.none(daemons.address(), "old-executor", directory);
    }

    private SubmitProcess.Result runWhereJavaRefuses(String mainClass, String user) throws Exception {
        Files.writeString(nodes.resolve("refused"), mainClass);
        Path source = Files.writeString(directory.resolve("Counts.java"), """
                import io.raddle.Session;

                public class Counts {
                    public static void main(String[] words) {
                        try (Session session = Session.builder().name("counts").build()) {
                            session.parallelize(java.util.List.of(1, 2), 2).count();
                        }
                    }
                }
                """);
        return new SubmitProcess(directory).on(daemons.address()).as(user).run(Small.options(source.toString()));
    }

    private static void failed(SubmitProcess.Result result, String... parts) {
        assertThat(result.err()).contains(parts).contains(" FAILED in ").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.wall()).isLessThan(BusyMachine.stretch(SOON));
    }
}
