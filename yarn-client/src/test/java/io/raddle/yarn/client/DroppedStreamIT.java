package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.Session;
import io.raddle.fault.RaddleException;
import io.raddle.plan.SessionProvider;
import io.raddle.relay.MasterFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way between a driver and its master breaks in the middle of a job. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@ResourceLock("SessionProvider")
class DroppedStreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TASKS = 60;

    @TempDir
    Path directory;

    private final BreakableRelay relay = BreakableRelay.start();

    @AfterEach
    void close() throws Exception {
        SessionProvider.install(Optional.empty());
        relay.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30})
    void goesOnWithTheRunningJobWhenTheDriverIsBack(int seconds, RealCluster.Address cluster) throws Exception {
        try (Session session = open(cluster, "mended-" + seconds, "60s")) {
            FutureTask<List<Integer>> job = begin(session);
            int before = relay.connections();

            relay.cut();
            // Executors go on with what they have while nobody hears of it.
            Files.createFile(gate());
            Awaitility.await()
                    .during(Duration.ofSeconds(seconds))
                    .atMost(PATIENCE)
                    .until(() -> relay.connections() == before && !job.isDone());
            relay.mend();

            assertThat(job.get(2, TimeUnit.MINUTES)).isEqualTo(squares());
            assertThat(relay.connections()).isGreaterThan(before);
            assertThat(session.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
        }
        assertThat(ended(cluster, "mended-" + seconds).getFinalApplicationStatus())
                .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    }

    @Test
    void endsAsFailedPastTheLease(RealCluster.Address cluster) throws Exception {
        try (Session session = open(cluster, "cut-off", "5s")) {
            FutureTask<List<Integer>> job = begin(session);

            relay.cut();

            assertThatThrownBy(() -> job.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(RaddleException.class);
        }
        ApplicationReport report = ended(cluster, "cut-off");
        assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(report.getDiagnostics()).contains("The driver was lost: nothing was heard of it for 5 s.");
    }

    private FutureTask<List<Integer>> begin(Session session) {
        assertThat(session.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
        FutureTask<List<Integer>> job = new FutureTask<>(() -> SlowSquares.of(session, TASKS, gate().toString()));
        new Thread(job, "job").start();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !session.statusTracker().getActiveStageIds().isEmpty());
        return job;
    }

    private Path gate() {
        return directory.resolve("gate");
    }

    private static List<Integer> squares() {
        return IntStream.range(0, TASKS).map(each -> each * each).boxed().toList();
    }

    private Session open(RealCluster.Address cluster, String name, String lease) {
        SessionProvider.install(Optional.of(new ProgramSessions(
                cluster,
                search -> () ->
                        search.find().map(found -> new MasterFinder.Address("localhost", relay.to(found.port()))))));
        return Session.builder()
                .name(name)
                .master("yarn")
                .config("raddle.driver.lease", lease)
                .config("raddle.executor.memory", "512m")
                .build();
    }

    private static ApplicationReport ended(RealCluster.Address cluster, String name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> report(cluster, name),
                        report -> EnumSet.of(
                                        YarnApplicationState.FINISHED,
                                        YarnApplicationState.FAILED,
                                        YarnApplicationState.KILLED)
                                .contains(report.getYarnApplicationState()));
    }

    private static ApplicationReport report(RealCluster.Address cluster, String name) {
        return ClusterState.of(cluster).all(System.getProperty("user.name")).stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
