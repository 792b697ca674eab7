package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** That the program still runs which measures what the relay costs; what it measures of little work says nothing. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class RelayCostIT {
    @TempDir
    Path directory;

    @Test
    void measuresEveryPartOfWhatTheRelayCosts(RealCluster.Address cluster) throws Exception {
        String command = RealCluster.project().resolve("scripts/bench/relay-cost") + " --quick --conf "
                + cluster.confDirectory();

        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("relay-cost")
                .with("RADDLE_BENCH_DIR", directory.resolve("bench").toString())
                .shell(directory, command);

        assertThat(result.exitCode()).as(result.err()).isZero();
        String figures =
                "\\| [\\d.,]+ (tasks/s|s|MiB/s) \\| [\\d.,]+ (tasks/s|s|MiB/s) \\| [\\d.]+ \\([\\d.]+\\) \\| .*";
        assertThat(result.out().lines().skip(2))
                .hasSize(4)
                .satisfiesExactly(
                        tasks -> assertThat(tasks).matches("\\| 2000 tasks that do nothing,.*" + figures),
                        latency ->
                                assertThat(latency).matches("\\| 1000 tasks of 5 ms.*50 ms away each way " + figures),
                        near -> assertThat(near).matches("\\| collect of 32 MiB, .* 0 ms each way " + figures),
                        far -> assertThat(far).matches("\\| collect of 32 MiB, .* 50 ms each way " + figures));
        Leftovers.none(cluster, "relay-cost", directory);
    }
}
