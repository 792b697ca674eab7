package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Java program that nobody submitted, with our jars on its class path. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class PlainProgramIT {
    private static final String LIBRARIES = Stream.of("client", "engine", "libraries")
            .map(name -> RealCluster.project()
                    .resolve("yarn-client/target/raddle/lib/raddle-" + name + ".jar")
                    .toString())
            .collect(Collectors.joining(File.pathSeparator));
    private static final String PROGRAM = """
            package mine;

            import io.raddle.Session;
            import java.util.List;

            public class Main {
                record Item(int number, String name) implements java.io.Serializable {}

                private static Session open(String name) {
                    return Session.builder()
                            .name(name)
                            .master("yarn")
                            .config("raddle.executor.instances", "1")
                            .config("raddle.executor.memory", "512m")
                            .build();
                }

                public static void main(String[] words) {
                    try (Session one = open("one");
                            Session two = open("two")) {
                        System.out.println(one.parallelize(List.of(1, 2), 2).map(n -> new Item(n, "i" + n)).collect());
                        System.out.println(two.parallelize(List.of(1, 2), 2).map(n -> n * 10).collect());
                        if (words[0].equals("exit")) {
                            System.exit(3);
                        }
                    }
                    List<String> left = Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.isAlive() && thread.getName().startsWith("raddle-line"))
                            .map(Thread::getName)
                            .toList();
                    System.out.println("left " + left);
                }
            }
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(directory.resolve("Main.java"), PROGRAM);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                LIBRARIES,
                                "-d",
                                directory.resolve("classes").toString(),
                                source.toString()))
                .isZero();
    }

    @Test
    void hasSessionsOfItsOwnWithTheClassesOfItsClassPath(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = run(cluster, "plain", "end");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("[Item[number=1, name=i1], Item[number=2, name=i2]]\n[10, 20]\nleft []\n");
        assertThat(ends(cluster, "plain"))
                .containsExactly(FinalApplicationStatus.SUCCEEDED, FinalApplicationStatus.SUCCEEDED);
        Leftovers.none(cluster, "plain", directory);
    }

    @Test
    void endsItsSessionsAsFailedWhenItEndsWithoutClosingThem(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = run(cluster, "careless", "exit");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(ends(cluster, "careless"))
                .containsExactly(FinalApplicationStatus.FAILED, FinalApplicationStatus.FAILED);
        Leftovers.none(cluster, "careless", directory);
    }

    private SubmitProcess.Result run(RealCluster.Address cluster, String user, String word) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = java + " -Djava.io.tmpdir=" + SubmitProcess.temporary(directory) + " -cp "
                + directory.resolve("classes") + File.pathSeparator + LIBRARIES + " mine.Main " + word;
        return new SubmitProcess(directory).on(cluster).as(user).shell(directory, command);
    }

    private static List<FinalApplicationStatus> ends(RealCluster.Address cluster, String user) {
        return ClusterState.of(cluster).all(user).stream()
                .map(report -> report.getFinalApplicationStatus())
                .toList();
    }
}
