package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run where yarn-submit runs. */
@Timeout(120)
class LocalMasterIT {
    @TempDir
    Path directory;

    @Test
    void livesOnInThreadsThatAreNoDaemonsWhenMainHasReturned() throws Exception {
        Path program = program("""
                Thread main = Thread.currentThread();
                new Thread(() -> {
                    try {
                        main.join();
                        System.out.println("after main");
                    } catch (InterruptedException e) {
                        System.exit(6);
                    }
                }).start();
                """);

        SubmitProcess.Result result = new SubmitProcess(directory).run("--master", "local[2]", program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("after main\n");
        Leftovers.noneHere(directory);
    }

    @Test
    void endsAtOnceWithTheCodeThatAnyThreadNames() throws Exception {
        Path program = program("new Thread(() -> System.exit(7)).start(); Thread.currentThread().join();");

        SubmitProcess.Result result = new SubmitProcess(directory).run("--master", "local", program.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        Leftovers.noneHere(directory);
    }

    @Test
    void hasTheHeapThatItAsksForAndSaysWhatItHasNoUseFor() throws Exception {
        Path program = program("System.out.println(Runtime.getRuntime().maxMemory() >> 20);");

        SubmitProcess.Result result = new SubmitProcess(directory)
                .run(
                        "--master",
                        "local[2]",
                        "--driver-memory",
                        "700m",
                        "--num-executors",
                        "3",
                        "--files",
                        program.toString(),
                        program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        // The collector keeps one of its two survivor spaces out of the sum.
        assertThat(Integer.parseInt(result.out().strip())).isBetween(600, 700);
        assertThat(result.err())
                .isEqualTo(
                        "Only a cluster has a use for --files, --num-executors; --master local[2] goes on without.\n");
    }

    private Path program(String body) throws IOException {
        return Files.writeString(directory.resolve("Program.java"), """
                class Program {
                    public static void main(String[] words) throws Exception {
                        %s
                    }
                }
                """.formatted(body));
    }
}
