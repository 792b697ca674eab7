import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One job on its way: a process of {@code yarn-submit}. */
record Submit(Process process, Path out, Path err, boolean clientMode, long startedNanos) {
    private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");
    private static final int LIMIT_MINUTES = 5;

    static Submit start(Path home, Path conf, boolean clientMode, List<String> arguments) throws IOException {
        Path out = Files.createTempFile("chaos-out", ".txt");
        Path err = Files.createTempFile("chaos-err", ".txt");
        List<String> command = new ArrayList<>(List.of(
                home.resolveSibling("yarn-submit").toString(),
                "--deploy-mode",
                clientMode ? "client" : "cluster",
                "--max-attempts",
                clientMode ? "4" : "1",
                "--driver-memory",
                "768m",
                "--executor-memory",
                "768m",
                "--num-executors",
                "2",
                "--conf",
                "raddle.heartbeat.interval=500ms",
                "--class",
                "Answers",
                home.resolve("target/answers.jar").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HADOOP_CONF_DIR", conf.toString());
        return new Submit(builder.start(), out, err, clientMode, System.nanoTime());
    }

    /** The application, once standard error speaks of it. */
    Optional<String> application() throws IOException {
        Matcher matcher = APPLICATION.matcher(Files.readString(err));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Waits for the end; the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroy();
        }
        return process.waitFor();
    }

    double seconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** The last line of standard error, which says how it ended. */
    String lastWords() throws IOException {
        String[] lines = Files.readString(err).strip().split("\n");
        return lines[lines.length - 1];
    }

    void forget() throws IOException {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
