package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code scripts/yarn-submit} as a person starts it: a process with an environment, and what came out of it. */
final class SubmitProcess {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path directory;
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

    SubmitProcess on(RealCluster.Address cluster) {
        environment.put("HADOOP_CONF_DIR", cluster.confDirectory().toString());
        return this;
    }

    SubmitProcess as(String user) {
        environment.put("HADOOP_USER_NAME", user);
        return this;
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
        long startedAt = System.nanoTime();
        Running running = start(words);
        if (!running.process().waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            running.process().destroyForcibly().waitFor();
            throw new AssertionError("still running after " + LIMIT + ":\n" + running.err());
        }
        return new Result(
                running.process().exitValue(),
                running.out(),
                running.err(),
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    Running start(String... words) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        // A suite that runs in the background ignores SIGINT, and its children would inherit that.
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", script.toString());
        builder.command().addAll(List.of(words));
        builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
        builder.environment().putAll(environment);
        Process process = builder.directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }

    /** A process that has not ended yet. */
    record Running(Process process, Path outFile, Path errFile) {
        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }
    }
}
