package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A shell whose executors are containers of a real cluster. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class ShellIT {
    private static final List<String> SMALL = List.of("--num-executors", "2", "--executor-memory", "512m");

    private static final String LINES = """
            int x = 41;
            int inc(int v) { return v + x; }
            System.out.println(session.parallelize(List.of(1)).map(v -> inc(v) + x).collect());

            int[] table = java.util.stream.IntStream.range(0, 50_000).toArray();
            Rdd<Integer> early = session.parallelize(List.of(1, 2), 2).map(v -> table[v] + x);
            x = 1; table[1] = 1000;
            Rdd<Integer> late = early.map(v -> inc(v) + table[1]);
            int inc(int v) { return v + 100_000 * x; }
            x = 2;
            System.out.println(early.collect() + " " + late.collect() + " " + early.map(v -> inc(v)).collect());

            record Point(int a) { int plus() { return a + x; } }
            var points = session.parallelize(List.of(5, 6, 7), 3).map(v -> new Point(v)).cache();
            points.count();
            x = 10;
            System.out.println(points.map(p -> p.plus()).collect() + " " + points.collect());
            int x = 20;
            System.out.println(points
                .filter(p -> p.equals(new Point(6)))
                .map(p -> p.plus())
                .collect());
            System.out.println(points.mapToPair(p -> Pair.of(new Point(p.a() % 2), x)).reduceByKey(Integer::sum)
                .filter(p -> p.key().a() == 1).collect());
            """;

    @TempDir
    Path directory;

    @Test
    void valuesOfVariablesReachExecutors(RealCluster.Address cluster) throws Exception {
        Path script = Files.writeString(directory.resolve("lines.jsh"), LINES);

        SubmitProcess.Result result = shell(cluster, "values", script.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                [83]
                [42, 43] [1043, 1044] [200042, 200043]
                [15, 16, 17] [Point[a=5], Point[a=6], Point[a=7]]
                [26]
                [(Point[a=1],40)]
                """);
        assertThat(end(cluster, "values")).isEqualTo(FinalApplicationStatus.SUCCEEDED);
        Leftovers.none(cluster, "values", directory);
    }

    @Test
    void aScriptThatFailsIsAFailedApplication(RealCluster.Address cluster) throws Exception {
        Path script = Files.writeString(
                directory.resolve("lines.jsh"),
                "session.parallelize(List.of(1)).count();\nThread t = new Thread();\n"
                        + "session.parallelize(List.of(1)).map(v -> t.getName()).collect();\nSystem.out.println(1);");

        SubmitProcess.Result result = shell(cluster, "failing", script.toString());

        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("java.lang.Thread", "t, a variable that the function of map");
        assertThat(end(cluster, "failing")).isEqualTo(FinalApplicationStatus.FAILED);
        Leftovers.none(cluster, "failing", directory);
    }

    private SubmitProcess.Result shell(RealCluster.Address cluster, String user, String script) throws Exception {
        return new SubmitProcess(directory)
                .on(cluster)
                .as(user)
                .through(RealCluster.project().resolve("scripts/yarn-shell"))
                .run(SMALL.get(0), SMALL.get(1), SMALL.get(2), SMALL.get(3), script);
    }

    private static FinalApplicationStatus end(RealCluster.Address cluster, String user) {
        return ClusterState.of(cluster).all(user).get(0).getFinalApplicationStatus();
    }
}
