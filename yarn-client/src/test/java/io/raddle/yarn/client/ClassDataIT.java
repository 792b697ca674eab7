package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Masters and executors take their classes from the archive that an earlier master on the same JVM made. */
@ExtendWith(RealCluster.class)
@Timeout(600)
@BusyCores
class ClassDataIT {
    private static final double SHARE = 0.9;
    private static final String SHARED = "source: shared objects file";
    private static final String CACHE = "/user/sharing/.raddle/cache";

    @TempDir
    Path directory;

    @Test
    void loadsNineOfTenClassesFromAnArchiveThatItsOwnJvmMadeWhateverOtherOneWasThere(RealCluster.Address cluster)
            throws Exception {
        String application =
                RealCluster.project().resolve("scripts/examples/Pi.java").toString();
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).ownCache("sharing");
        ClusterState state = ClusterState.of(cluster);
        String made = makeArchive(submit, state, application, archives(state));
        String stale = asOfAnotherJvm(state, made);

        makeArchive(submit, state, application, List.of(stale));

        sharesNineOfTen(submit, application);
        Leftovers.none(cluster, "sharing", directory);
    }

    private void sharesNineOfTen(SubmitProcess submit, String application) throws Exception {
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

    @Test
    void leavesNothingBehindWhenItIsKilledWhileItMakesTheArchive(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        String program =
                RealCluster.project().resolve("scripts/examples/Pi.java").toString();
        SubmitProcess.Result result =
                new SubmitProcess(directory).on(cluster).ownCache("torn").run(program, "2", "10");
        String application = result.application().orElseThrow();
        assertThat(result.exitCode()).as(result.err()).isZero();
        ProcessHandle master = Processes.mentioning(application, "ApplicationMasterMain").stream()
                .findFirst()
                .orElseThrow();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> master.children().findAny().isPresent());

        master.destroyForcibly();

        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(Processes.mentioning(application)).isEmpty();
            assertThat(state.names("/user/torn/.raddle/cache"))
                    .singleElement()
                    .asString()
                    .endsWith("-engine.tar");
        });
        assertThat(state.report(application).getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    }

    /**
     * The name of an archive that was not there before. A master gives up on a node that is too busy, and that of the next
     * application tries again.
     */
    private static String makeArchive(SubmitProcess submit, ClusterState state, String program, List<String> before)
            throws IOException, InterruptedException {
        for (int run = 0; run < 4 && archives(state).equals(before); run++) {
            SubmitProcess.Result result = submit.run(program, "2", "10");
            assertThat(result.exitCode()).as(result.err()).isZero();
            String application = result.application().orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Processes.mentioning(application).isEmpty());
        }
        List<String> made = new ArrayList<>(archives(state));
        made.removeAll(before);
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    /** Leaves the archive there as if a JVM that the nodes have no more had made it. */
    private static String asOfAnotherJvm(ClusterState state, String archive) throws IOException {
        String other = archive.replace("-nodes-", "-nodes-0");
        assertThat(state.files()
                        .rename(
                                new org.apache.hadoop.fs.Path(CACHE, archive),
                                new org.apache.hadoop.fs.Path(CACHE, other)))
                .isTrue();
        return other;
    }

    private static List<String> archives(ClusterState state) throws IOException {
        return state.names(CACHE).stream().filter(name -> name.endsWith(".jsa")).toList();
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
