package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process of the driver is killed in the middle of a job. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class AttemptsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern EXECUTOR = Pattern.compile("Executor \\d+:\\s+(container_\\S+)");
    private static final String INPUT = IntStream.range(0, 4000)
            .mapToObj(line -> "line " + line % 7 + (line % 1000 == 999 ? " wait" : ""))
            .collect(Collectors.joining("\n", "", "\n"));

    @TempDir
    Path directory;

    @Test
    void goesOnInALaterAttemptWithTheExecutorsOfTheEarlier(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("phoenix");
        SubmitProcess.Running running = begin(submit, state, "phoenix", "2");
        String application = application(running);
        Set<String> before = executors(submit, application);

        killMaster(application);
        Awaitility.await().atMost(PATIENCE).until(() -> running.err().contains("The driver starts again, attempt 2."));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> executors(submit, application).equals(before));
        Files.createFile(directory.resolve("gate"));

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES))
                .as(running.err())
                .isTrue();
        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.err())
                .contains(application + " SUCCEEDED")
                .containsOnlyOnce("The driver starts again")
                .containsOnlyOnce(application + " RUNNING")
                .doesNotContain("\tat ");
        ApplicationReport report = state.report(application);
        assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
        assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(2);
        assertThat(counts(state, "/user/phoenix/counts")).isEqualTo(expected());
        nothingLeft(state, "phoenix", application);
    }

    @Test
    void failsWithItsDriverWhenThereIsNoFurtherAttempt(RealCluster.Address cluster) throws Exception {
        ClusterState state = ClusterState.of(cluster);
        SubmitProcess submit = new SubmitProcess(directory).on(cluster).as("icarus");
        SubmitProcess.Running running = begin(submit, state, "icarus", "1");
        String application = application(running);

        killMaster(application);

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES))
                .as(running.err())
                .isTrue();
        assertThat(running.process().exitValue()).as(running.err()).isEqualTo(ExitCode.FAILURE);
        assertThat(running.err())
                .contains(application + " FAILED", "The driver was killed by signal 9")
                .doesNotContain("\tat ");
        assertThat(state.report(application).getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
        nothingLeft(state, "icarus", application);
    }

    /** Submits a program whose last tasks wait at a gate; returns when both executors wait there. */
    private SubmitProcess.Running begin(SubmitProcess submit, ClusterState state, String user, String attempts)
            throws IOException {
        String input = "/tmp/attempts/" + user + ".txt";
        try (FileSystem files = FileSystem.newInstance(state.configuration().forClient());
                var out = files.create(new org.apache.hadoop.fs.Path(input))) {
            out.write(INPUT.getBytes(StandardCharsets.UTF_8));
        }
        Path source = Files.writeString(directory.resolve("Counting.java"), """
                import io.raddle.Session;
                import io.raddle.function.Pair;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.util.Arrays;
                import java.util.concurrent.CountDownLatch;
                import java.util.concurrent.TimeUnit;

                public class Counting {
                    public static void main(String[] words) {
                        String gate = words[0];
                        try (Session session = Session.builder().name("counting").build()) {
                            session.textFile(words[1], 8)
                                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                                    .map(word -> {
                                        while (word.equals("wait") && !Files.exists(Path.of(gate))) {
                                            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                                        }
                                        return word;
                                    })
                                    .mapToPair(word -> Pair.of(word, 1L))
                                    .reduceByKey(Long::sum)
                                    .sortByKey()
                                    .map(count -> count.key() + " " + count.value())
                                    .saveAsTextFile(words[2]);
                        }
                    }
                }
                """);
        SubmitProcess.Running running = submit.start(
                "--max-attempts",
                attempts,
                source.toString(),
                directory.resolve("gate").toString(),
                input,
                "/user/" + user + "/counts");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> running.err().contains(", 2 running")
                        || !running.process().isAlive());
        return running;
    }

    private static String application(SubmitProcess.Running running) throws IOException {
        return new SubmitProcess.Result(0, "", running.err(), Duration.ZERO)
                .application()
                .orElseThrow();
    }

    private static Set<String> executors(SubmitProcess submit, String application)
            throws IOException, InterruptedException {
        Set<String> containers = new TreeSet<>();
        EXECUTOR.matcher(submit.run("--status", application).out())
                .results()
                .forEach(executor -> containers.add(executor.group(1)));
        return containers;
    }

    private static void killMaster(String application) {
        Processes.mentioning(application, "io.raddle.yarn.master.ApplicationMasterMain")
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String expected() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : INPUT.split("\\s+")) {
            counts.merge(word, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String counts(ClusterState state, String output) throws IOException {
        StringBuilder text = new StringBuilder();
        for (FileStatus part : state.files().listStatus(new org.apache.hadoop.fs.Path(output))) {
            if (part.getPath().getName().startsWith("part-")) {
                try (var in = state.files().open(part.getPath())) {
                    text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private static void nothingLeft(ClusterState state, String user, String application) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(state.staged(user)).isEmpty();
            assertThat(state.alive(user)).isEmpty();
            assertThat(Processes.mentioning(application)).isEmpty();
        });
    }
}
