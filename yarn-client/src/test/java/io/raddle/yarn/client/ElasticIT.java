package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Executors come with the work and go without it. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class ElasticIT {
    @TempDir
    Path directory;

    @Test
    void hasMoreExecutorsWhileWorkWaitsAndNoneWhenThereIsNone(RealCluster.Address cluster) throws Exception {
        Path program = Files.writeString(directory.resolve("Waves.java"), """
                import io.raddle.ExecutorInfo;
                import io.raddle.Session;
                import java.util.Collections;
                import java.util.HashSet;
                import java.util.List;
                import java.util.Set;
                import java.util.concurrent.Semaphore;
                import java.util.concurrent.TimeUnit;
                import java.util.function.Predicate;

                public class Waves {
                    static void await(Session session, Predicate<List<ExecutorInfo>> wish) throws Exception {
                        while (!wish.test(session.statusTracker().getExecutorInfos())) {
                            new Semaphore(0).tryAcquire(20, TimeUnit.MILLISECONDS);
                        }
                    }

                    static void wave(Session session, int tasks, long millis) {
                        List<Integer> numbers = Collections.nCopies(tasks, 1);
                        Set<Long> processes = new HashSet<>(session.parallelize(numbers, tasks).map(each -> {
                            new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS);
                            return ProcessHandle.current().pid();
                        }).collect());
                        System.out.println(tasks + " tasks in "
                                + (processes.size() > 4 ? "too many" : processes.size() > 2 ? "more" : "few") + " processes");
                    }

                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().build()) {
                            wave(session, 60, 300);
                            await(session, List::isEmpty);
                            wave(session, 2, 1);
                        }
                    }
                }
                """);
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("elastic")
                .run(
                        "--driver-memory",
                        "640m",
                        "--executor-memory",
                        "512m",
                        "--conf",
                        "raddle.executor.instances=0",
                        "--conf",
                        "raddle.executor.max=4",
                        "--conf",
                        "raddle.executor.idle=2s",
                        program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("60 tasks in more processes\n2 tasks in few processes\n");
        assertThat(result.err()).doesNotContain("Lost executor", "\tat ");
        Leftovers.none(cluster, "elastic", directory);
    }
}
