package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application master that cannot even start says why, by way of YARN. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class NoPortIT {
    @TempDir
    Path directory;

    @Test
    void saysThatNoPortOfTheRangeIsFree(RealCluster.Address cluster) throws Exception {
        Path source = Files.writeString(
                directory.resolve("Program.java"),
                "public class Program { public static void main(String[] words) {} }");
        SubmitProcess.Result result;
        try (ServerSocket taken = new ServerSocket(0)) {
            String range = taken.getLocalPort() + "-" + taken.getLocalPort();
            result = new SubmitProcess(directory)
                    .on(cluster)
                    .as("no-port")
                    .run(Small.with(List.of("--conf", "raddle.port.range=" + range), Small.options(source.toString())));

            assertThat(result.err())
                    .contains("No port from " + taken.getLocalPort() + " to " + taken.getLocalPort() + " is free.")
                    .contains("raddle.port.range");
        }
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        Leftovers.none(cluster, "no-port", directory);
    }
}
