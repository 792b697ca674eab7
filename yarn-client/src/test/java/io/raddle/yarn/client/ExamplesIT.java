package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples that no other test runs give the right answers. */
@Timeout(300)
class ExamplesIT {
    @TempDir
    Path directory;

    @Test
    void ranksPackagesByWhatDependsOnThem() throws Exception {
        // By hand, three times r = 0.15 + 0.85 * received: b 1, 1.425, 0.7025, 0.3954; a 1, 0.575, 0.21375, 0.21375.
        String output = run("PageRank", """
                Package: a
                Version: 1
                Depends: b

                Package: b

                Package: c
                Pre-Depends: b (>= 1.0)
                Depends: a:any | z, b
                """, "3");

        assertThat(output).isEqualTo("   0.395 b\n   0.214 a\n   0.150 c\n");
    }

    @Test
    void countsWhatAMachineInstalled() throws Exception {
        String output = run("LogAnalysis", """
                2026-01-03 09:00:00 upgrade bash:amd64 5.1 5.2
                2026-01-02 10:00:00 startup archives unpack
                2026-01-02 10:00:01 install zsh:amd64 <none> 5.9
                2026-01-02 10:00:01 status half-installed zsh:amd64 5.9
                2026-01-02 10:00:02 install bash:amd64 <none> 5.1
                """);

        assertThat(output).isEqualTo("""
                Changes per day and action:
                  2026-01-02 install 2
                  2026-01-03 upgrade 1
                Packages that changed most often:
                  bash 2
                  zsh 1
                """);
    }

    @Test
    void comesNearPi() throws Exception {
        SubmitProcess.Result result = new SubmitProcess(directory).run("--master", "local[2]", example("Pi"), "4");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("pi is about 3.1");
    }

    private String run(String example, String input, String... more) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("input"), input);
        SubmitProcess.Result result = new SubmitProcess(directory)
                .run(Small.with(
                        java.util.List.of(
                                "--master",
                                "local[2]",
                                example(example),
                                file.toUri().toString()),
                        more));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("\tat ");
        Leftovers.noneHere(directory);
        return result.out();
    }

    private static String example(String name) {
        return RealCluster.project()
                .resolve("scripts/examples/" + name + ".java")
                .toString();
    }
}
