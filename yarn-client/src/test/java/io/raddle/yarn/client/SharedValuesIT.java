package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Broadcasts and accumulators over containers of YARN, one of which is killed in mid-job. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class SharedValuesIT {
    private static final String PROGRAM = """
            import io.raddle.*;
            import io.raddle.function.Pair;
            import io.raddle.shared.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.stream.*;

            public class shares {
                public static void main(String[] words) throws Exception {
                    String directory = words[0];
                    try (Session session = Session.builder().name("shares").build()) {
                        byte[] table = new byte[32 << 20];
                        new Random(7).nextBytes(table);
                        Broadcast<byte[]> shared = session.broadcast(table);
                        LongAccumulator mapped = session.longAccumulator("mapped");
                        CollectionAccumulator<String> hosts = session.collectionAccumulator("hosts");
                        PairRdd<Integer, Integer> sums = session
                                .parallelize(IntStream.range(0, 40).boxed().collect(Collectors.toList()), 40)
                                .mapToPair(each -> {
                                    mapped.add(1);
                                    if (each % 20 == 0) {
                                        hosts.add(TaskContext.get().host());
                                    }
                                    int value = shared.value()[each * 800_000];
                                    Files.write(Path.of(directory, "pid-" + ProcessHandle.current().pid()), new byte[0]);
                                    if (each == 0 || each == 39) {
                                        try (java.io.InputStream gate = Files.newInputStream(Path.of(directory, "go"))) {
                                            gate.read();
                                        }
                                    }
                                    return Pair.of(each % 7, value);
                                })
                                .reduceByKey(Integer::sum, 4);
                        Map<Integer, Integer> expected = new TreeMap<>();
                        for (int each = 0; each < 40; each++) {
                            expected.merge(each % 7, (int) table[each * 800_000], Integer::sum);
                        }
                        System.out.println(new TreeMap<>(sums.collectAsMap()).equals(expected) + " " + mapped.value()
                                + " " + hosts.value().size());
                        shared.destroy();
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void tasksOfAKilledExecutorGetTheValueElsewhereAndAddOnce(RealCluster.Address cluster) throws Exception {
        Path source = Files.writeString(directory.resolve("shares.java"), PROGRAM);
        Gate gate = Gate.shut(directory.resolve("go"));
        SubmitProcess.Running running = new SubmitProcess(directory)
                .on(cluster)
                .start(
                        "--driver-memory",
                        "768m",
                        "--executor-memory",
                        "768m",
                        "--num-executors",
                        "2",
                        source.toString(),
                        directory.toString());
        TaskFiles executors = new TaskFiles(directory, "pid");
        running.await(() -> executors.names().size() == 2);
        Signals.send("KILL", executors.pids().get(0));
        gate.open();

        assertThat(running.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
        gate.close();

        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("true 40 2\n");
        assertThat(running.err()).contains("Lost executor ", "SUCCEEDED").doesNotContain("\tat ");
        Leftovers.noneOf(
                cluster,
                "shares",
                directory,
                Optional.of(running.err()).flatMap(SharedValuesIT::application).orElseThrow());
    }

    private static Optional<String> application(String text) {
        return java.util.regex.Pattern.compile("application_\\d+_\\d+")
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .findFirst();
    }
}
