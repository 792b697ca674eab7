package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Masters and executors take their classes from the archive that an earlier master made. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class ClassDataIT {
    private static final double SHARE = 0.9;
    private static final String SHARED = "source: shared objects file";

    @TempDir
    Path directory;

    @Test
    void loadsNineOfTenClassesFromTheArchive(RealCluster.Address cluster) throws Exception {
        String application =
                RealCluster.project().resolve("scripts/examples/Pi.java").toString();
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("sharing");
        assertThat(submit.run(application, "2", "10").exitCode()).isZero();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> ClusterState.of(cluster).names("/user/sharing/.raddle/cache").stream()
                        .anyMatch(name -> name.endsWith(".jsa")));
        Path logs = Files.createDirectory(directory.resolve("logs"));

        SubmitProcess.Result result =
                submit.run("--java-options", "-Xlog:class+load:file=" + logs + "/%p.log", application, "2", "10");

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<Path> processes = logsOf(logs, "io.raddle.yarn.master.Master ", "io.raddle.executor.ExecutorMain ");
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
        for (Path process : processes) {
            List<String> loaded = Files.readAllLines(process);
            long shared = loaded.stream().filter(line -> line.contains(SHARED)).count();
            assertThat((double) shared / loaded.size()).as(process.toString()).isGreaterThan(SHARE);
        }
    }

    /** Logs of processes that came as far as these classes; an executor may be ended while it still starts. */
    private static List<Path> logsOf(Path directory, String... classes) throws IOException {
        try (Stream<Path> logs = Files.list(directory)) {
            return logs.filter(log -> Stream.of(classes).anyMatch(name -> contains(log, name)))
                    .toList();
        }
    }

    private static boolean contains(Path log, String name) {
        try {
            return Files.readString(log).contains(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
