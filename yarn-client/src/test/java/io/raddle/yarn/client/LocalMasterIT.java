package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run where yarn-submit runs. */
@Timeout(120)
@BusyCores
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
                        "--queue",
                        "any",
                        program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        // The collector keeps one of its two survivor spaces out of the sum.
        assertThat(Integer.parseInt(result.out().strip())).isBetween(600, 700);
        assertThat(result.err())
                .isEqualTo(
                        "Only a cluster has a use for --queue, --num-executors; --master local[2] goes on without.\n");
    }

    @Test
    void findsWhatIsShippedWhereAClusterWouldPutIt() throws Exception {
        Path data = Files.writeString(directory.resolve("data.csv"), "shipped");
        Path zip = directory.resolve("words.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("deep/word.txt"));
            out.write("unpacked".getBytes(StandardCharsets.UTF_8));
        }
        Path program = program("""
                try (io.raddle.Session session = io.raddle.Session.builder().name("shipped").build()) {
                    session.parallelize(java.util.List.of("lookup", "data.csv", "dictionary/deep/word.txt"))
                            .map(name -> java.nio.file.Files.readString(java.nio.file.Path.of(name)))
                            .collect()
                            .forEach(System.out::println);
                }
                """);

        SubmitProcess.Result result = new SubmitProcess(directory)
                .run(
                        "--master",
                        "local[2]",
                        "--files",
                        data + "#lookup," + data,
                        "--archives",
                        zip + "#dictionary",
                        program.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("shipped\nshipped\nunpacked\n");
        assertThat(data).exists();
        assertThat(directory.resolve("lookup")).doesNotExist();
        assertThat(directory.resolve("dictionary")).doesNotExist();
        Leftovers.noneHere(directory);
    }

    @Test
    void leavesNothingWhenItIsKilledThoughItDoesNotListen() throws Exception {
        Path program = program("""
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    new java.util.concurrent.Semaphore(0).acquireUninterruptibly();
                }));
                System.out.println("runs");
                new java.util.concurrent.CountDownLatch(1).await();
                """);
        SubmitProcess.Running running = new SubmitProcess(directory)
                .start("--master", "local", "--files", program + "#link", program.toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running.out().contains("runs"));

        running.interrupt();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running.err().contains("Cancelled by Ctrl-C."));
        running.interrupt();

        assertThat(running.result().exitCode()).as(running.err()).isEqualTo(ExitCode.KILLED);
        assertThat(Files.isSymbolicLink(directory.resolve("link"))).isFalse();
        Leftovers.noneHere(directory);
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
