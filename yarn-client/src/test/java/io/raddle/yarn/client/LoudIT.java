package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A driver that writes much more than fits anywhere on its way to the terminal, and ends at once. */
@ExtendWith(RealCluster.class)
@Timeout(300)
class LoudIT {
    @TempDir
    Path directory;

    @Test
    void showsAllThatTheDriverWrote(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("loud")
                .run(program().toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(200_000).last().isEqualTo("line 200000 of much");
        assertThat(result.err()).doesNotContain("did not arrive");
    }

    @Test
    void showsAllAlsoToAReaderThatIsSlow(RealCluster.Address cluster) throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .as("loud")
                .shell(
                        directory,
                        RealCluster.project().resolve("scripts/yarn-submit") + " " + program()
                                + " | (sleep 15; wc -l)");

        assertThat(result.out().strip()).as(result.err()).isEqualTo("200000");
        assertThat(result.err()).doesNotContain("did not arrive", "Exception");
    }

    private Path program() throws IOException {
        return Files.writeString(directory.resolve("Loud.java"), """
                public class Loud {
                    public static void main(String[] words) {
                        for (int line = 1; line <= 200_000; line++) {
                            System.out.println("line " + line + " of much");
                        }
                    }
                }
                """);
    }
}
