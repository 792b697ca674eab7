package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Driver and executors run on a JDK that travels with the application. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class ShippedJdkIT {
    /** What Hadoop's clients and gRPC need; a whole JDK is ten times as large. */
    private static final String MODULES =
            "java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,java.sql,java.xml,"
                    + "jdk.httpserver,jdk.security.auth,jdk.unsupported";

    @TempDir
    Path directory;

    @Test
    void runsOnTheJdkThatWasShippedAndUploadsItOnce(RealCluster.Address cluster) throws Exception {
        Path archive = jdk("small-jdk");
        Path source = Files.writeString(directory.resolve("Homes.java"), """
                import io.raddle.Session;
                import java.util.List;

                public class Homes {
                    public static void main(String[] words) {
                        System.out.println("driver " + System.getProperty("java.home"));
                        try (Session session = Session.builder().name("homes").build()) {
                            session.parallelize(List.of(1, 2), 2)
                                    .map(number -> "executor " + System.getProperty("java.home"))
                                    .collect()
                                    .forEach(System.out::println);
                        }
                    }
                }
                """);
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("shipper");

        SubmitProcess.Result result = submit.run("--ship-jdk", archive.toString(), source.toString());
        SubmitProcess.Result again = submit.run("--verbose", "--ship-jdk", archive.toString(), source.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<String> homes = result.out().lines().toList();
        assertThat(homes).hasSize(3).allMatch(home -> home.endsWith("/small-jdk"));
        assertThat(homes.get(0)).startsWith("driver ");
        assertThat(homes.subList(1, 3)).allMatch(home -> home.startsWith("executor "));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out().lines()).hasSize(3).allMatch(home -> home.endsWith("/small-jdk"));
        assertThat(again.err()).contains("the engine was cached");
        assertThat(ClusterState.of(cluster).names("/user/shipper/.raddle/cache"))
                .filteredOn(name -> name.endsWith(".tar.gz"))
                .hasSize(1);
        Leftovers.none(cluster, "shipper", directory);
    }

    private Path jdk(String name) throws IOException, InterruptedException {
        Path archive = directory.resolve(name + ".tar.gz");
        run(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--add-modules",
                MODULES,
                "--output",
                directory.resolve(name).toString());
        run("tar", "-C", directory.toString(), "-czf", archive.toString(), name);
        return archive;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
