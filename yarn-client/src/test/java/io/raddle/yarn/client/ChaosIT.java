package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the command that kills processes of jobs for an hour. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class ChaosIT {
    @TempDir
    Path directory;

    @Test
    void jobsAreRightThoughTheirProcessesAreKilled(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("chaos")
                .shell(
                        RealCluster.project(),
                        "scripts/chaos/chaos --conf $HADOOP_CONF_DIR --jobs 2 --seed 16 --size 300000");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("2 jobs right, 0 not")
                .containsPattern("(EXECUTOR_KILLED|EXECUTOR_FROZEN|MASTER_KILLED) +[1-9]");
        Leftovers.none(cluster, "chaos", directory);
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .shell(RealCluster.project(), "scripts/chaos/chaos --conf /nowhere --moderate");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("chaos: Unknown option --moderate. --help tells all.\n");
    }
}
