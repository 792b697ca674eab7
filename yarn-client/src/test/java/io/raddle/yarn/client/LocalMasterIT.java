package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
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

    @Test
    void isCancelledBySignalsAndLeavesNothing() throws Exception {
        Path program = program("""
                try (io.raddle.Session session = io.raddle.Session.builder().name("long").build()) {
                    session.range(0, 1_000_000_000_000L).map(number -> {
                        if (number == 0) {
                            System.out.println("runs");
                        }
                        return number % 7;
                    }).distinct().count();
                }
                """);
        SubmitProcess.Running running = new SubmitProcess(directory).start("--master", "local[2]", program.toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running.out().contains("runs"));

        running.interrupt();

        SubmitProcess.Result result = running.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.KILLED);
        assertThat(result.err()).contains("Cancelled by Ctrl-C.").doesNotContain("\tat ", "Exception");
        Leftovers.noneHere(directory);
    }

    @Test
    void showsWhereATaskFailed() throws Exception {
        Path program = program("""
                try (io.raddle.Session session = io.raddle.Session.builder().name("fails").build()) {
                    session.parallelize(java.util.List.of(1, 0)).map(number -> 1 / number).collect();
                }
                """);

        SubmitProcess.Result result = new SubmitProcess(directory).run("--master", "local", program.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err())
                .contains("Program.lambda$main$", "(Program.java:", "Mend the code where the stack points");
    }

    @Test
    void showsOnlyTheProgramsFramesOfWhatMainThrew() throws Exception {
        Path program = program("throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));");

        SubmitProcess.Result result = new SubmitProcess(directory).run("--master", "local", program.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err())
                .contains("IllegalStateException: outer", "Program.main(Program.java", "IOException: inner")
                .doesNotContain("io.raddle", "reflect");
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
