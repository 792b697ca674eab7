package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the engine holds of records never ends an executor, though they are several times its memory. */
@ExtendWith(RealCluster.class)
@Timeout(600)
@BusyCores
class SmallExecutorIT {
    /** A heap of 184 MiB, of which records may have half. */
    private static final String CONTAINER = "512m";

    private static final String MEBIBYTES = "512";

    @TempDir
    Path directory;

    @Test
    void shufflesSeveralTimesItsMemoryAndAHotKeyLargerThanIt(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("squeezed")
                .run(
                        "--driver-memory",
                        "640m",
                        "--executor-memory",
                        CONTAINER,
                        "--num-executors",
                        "1",
                        RealCluster.project()
                                .resolve("scripts/bench/raddle/Squeeze.java")
                                .toString(),
                        MEBIBYTES,
                        "4",
                        "hot",
                        "sort",
                        "combine",
                        "cogroup");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .as(result.out())
                .hasSize(4)
                .allMatch(line -> line.matches("\\w+ 512 MiB right in .* s, executors had at most \\d+ MiB"));
        assertThat(result.err()).contains("SUCCEEDED").doesNotContain("Lost executor", "\tat ");
    }
}
