package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code scripts/yarn-submit} as a person starts it: a process with an environment, and what came out of it. */
final class SubmitProcess {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private Path script = RealCluster.project().resolve("scripts/yarn-submit");

    /** What a process left behind. */
    record Result(int exitCode, String out, String err, Duration wall) {
        /** The application that standard error speaks of. */
        Optional<String> application() {
            var matcher =
                    java.util.regex.Pattern.compile("application_\\d+_\\d+").matcher(err + out);
            return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
        }
    }

    /** @param directory where it runs, and where its output is kept */
    SubmitProcess(Path directory) {
        this.directory = directory;
    }

    /** Where its temporary files go. */
    static Path temporary(Path directory) throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    SubmitProcess on(RealCluster.Address cluster) {
        environment.put("HADOOP_CONF_DIR", cluster.confDirectory().toString());
        return this;
    }

    SubmitProcess as(String user) {
        environment.put("HADOOP_USER_NAME", user);
        return this;
    }

    /** With no class data made, which is the most of the work of who comes first to a cache. */
    SubmitProcess withoutClassData() {
        options.addAll(List.of("--conf", "raddle.class.data=use"));
        return this;
    }

    /** As this user, whose cache is the user's own where all tests of a build share one. */
    SubmitProcess ownCache(String user) {
        options.addAll(List.of("--conf", "raddle.cache.dir=/user/" + user + "/.raddle/cache"));
        return as(user);
    }

    SubmitProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    SubmitProcess through(Path link) {
        script = link;
        return this;
    }

    Result run(String... words) throws IOException, InterruptedException {
        return start(words).result();
    }

    /** A command line as a person types it into a shell there. */
    Result shell(Path workingDirectory, String command) throws IOException, InterruptedException {
        return start(workingDirectory, List.of("/bin/sh", "-c", command)).result();
    }

    Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(options);
        command.addAll(List.of(words));
        return start(directory, command);
    }

    private Running start(Path workingDirectory, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        // A suite that runs in the background ignores SIGINT, one without a terminal SIGHUP, and its children would
        // inherit that.
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT,HUP");
        builder.command().addAll(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
        builder.environment().put("TMPDIR", temporary(directory).toString());
        builder.environment().putAll(environment);
        long startedAt = System.nanoTime();
        Process process = builder.directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err, startedAt);
    }

    /** What can be so or not, by looking at files. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** A process that has not ended yet. */
    record Running(Process process, Path outFile, Path errFile, long startedAt) {
        /** Waits for its end. */
        Result result() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running after " + LIMIT + ":\n" + err());
            }
            return new Result(process.exitValue(), out(), err(), Duration.ofNanos(System.nanoTime() - startedAt));
        }

        /** What Ctrl-C does. */
        void interrupt() throws IOException, InterruptedException {
            Signals.send("INT", process.pid());
        }

        /** Waits until something is so, or for its end, which says why it never was. */
        void await(Condition condition) {
            Awaitility.await().atMost(PATIENCE).until(() -> condition.holds() || !process.isAlive());
        }

        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }
    }
}
