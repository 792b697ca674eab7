package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The masters that need nothing but this machine. */
@Timeout(300)
class EmbeddedClusterIT {
    @TempDir
    Path directory;

    @Test
    void runsTheFirstCommandOfTheReadmeOnAClusterOfItsOwnAndLeavesNothing() throws Exception {
        Path temporary = SubmitProcess.temporary(directory);
        String command = Readme.command("--master embedded");

        SubmitProcess.Result result = new SubmitProcess(directory).shell(RealCluster.project(), command);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(Readme.mostFrequentWords(20));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(Path::getFileName).map(Path::toString).filter(name -> name.startsWith("raddle-")))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
    }

    @Test
    void namesTheCommandThatTheContinuousBuildCalls() throws Exception {
        assertThat(Files.readString(RealCluster.project().resolve(".ci/run")).lines())
                .anyMatch(line -> line.matches("./mvnw( -\\S+)*( clean)? verify"));
        assertThat(Readme.command("mvnw")).isEqualTo("./mvnw verify");
    }

    @Test
    void runsInThisProcess() throws Exception {
        Path text = Files.writeString(directory.resolve("text.txt"), "to be or not to be\n");

        SubmitProcess.Result result = new SubmitProcess(directory)
                .run("--master", "local[2]", example("TopKWords"), text.toUri().toString(), "1");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("not 1\n");
        assertThat(result.err()).doesNotContain("\tat ");
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("submit"), RealCluster.project().resolve("scripts/yarn-submit"));
        Path second = Files.createSymbolicLink(directory.resolve("again"), link.getFileName());

        SubmitProcess.Result result =
                new SubmitProcess(directory).through(second).run("--version");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Raddle ");
    }

    private static String example(String name) {
        return RealCluster.project()
                .resolve("scripts/examples/" + name + ".java")
                .toString();
    }
}
