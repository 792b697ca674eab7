package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.Session;
import io.raddle.fault.RaddleException;
import io.raddle.plan.SessionProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The master that stands between driver and executors is killed in the middle of a job. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@ResourceLock("SessionProvider")
@BusyCores
class TakeoverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TASKS = 60;
    private static final String EXECUTOR = "io.raddle.executor.ExecutorMain";

    @TempDir
    Path directory;

    @AfterEach
    void uninstall() {
        SessionProvider.install(Optional.empty());
    }

    @Test
    void goesOnWithTheRunningJobAndItsExecutorsBehindTheNextMaster(RealCluster.Address cluster) throws Exception {
        try (Session session = open(cluster, "heir", "2")) {
            FutureTask<List<Integer>> job = begin(session);
            String application = report(cluster, "heir").getApplicationId().toString();
            Set<Long> executors = executors(application);

            killMaster(application);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> report(cluster, "heir")
                                    .getCurrentApplicationAttemptId()
                                    .getAttemptId()
                            == 2);
            Files.createFile(gate());

            assertThat(job.get(2, TimeUnit.MINUTES)).isEqualTo(squares());
            assertThat(executors(application)).isEqualTo(executors).isNotEmpty();
            assertThat(session.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
        }
        assertThat(report(cluster, "heir").getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    }

    @Test
    void reportsTheEndOfTheLastMasterAtOnce(RealCluster.Address cluster) throws Exception {
        try (Session session = open(cluster, "orphan", "1")) {
            FutureTask<List<Integer>> job = begin(session);

            killMaster(report(cluster, "orphan").getApplicationId().toString());

            // Far below the lease.
            assertThatThrownBy(() -> job.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RaddleException.class)
                    .hasMessageContaining("The application master of application_")
                    .hasMessageContaining(" was killed by signal 9")
                    .message()
                    .doesNotContain("driver");
        }
        assertThat(report(cluster, "orphan").getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    }

    /** A job half of whose results are here when this returns. */
    private FutureTask<List<Integer>> begin(Session session) {
        FutureTask<List<Integer>> job = new FutureTask<>(() -> HeavySquares.of(session, TASKS, gate().toString()));
        new Thread(job, "job").start();
        Awaitility.await().atMost(PATIENCE).until(() -> completed(session) >= TASKS / 2);
        return job;
    }

    private static int completed(Session session) {
        return session.statusTracker().getActiveStageIds().stream()
                .flatMap(stage -> session.statusTracker().getStageInfo(stage).stream())
                .mapToInt(stage -> stage.completedTasks())
                .sum();
    }

    private Path gate() {
        return directory.resolve("gate");
    }

    private static List<Integer> squares() {
        return IntStream.range(0, TASKS).map(each -> each * each).boxed().toList();
    }

    private static Session open(RealCluster.Address cluster, String name, String attempts) {
        SessionProvider.install(Optional.of(new ProgramSessions(cluster, search -> search)));
        return Session.builder()
                .name(name)
                .master("yarn")
                .config("raddle.yarn.max.attempts", attempts)
                .config("raddle.executor.memory", "512m")
                .build();
    }

    private static void killMaster(String application) {
        Processes.mentioning(application, "io.raddle.yarn.master.ApplicationMasterMain")
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static Set<Long> executors(String application) {
        return Processes.mentioning(application, EXECUTOR).stream()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static ApplicationReport report(RealCluster.Address cluster, String name) {
        return ClusterState.of(cluster).all(System.getProperty("user.name")).stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
