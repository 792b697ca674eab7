import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A cluster for this run, every daemon a process of its own. */
final class OwnCluster implements AutoCloseable {
    private final Path script;
    private final Path directory;
    /** For Ctrl-C, after which nobody else closes it. */
    private final Thread hook = new Thread(this::stop, "chaos-stop");

    OwnCluster(Path home) throws IOException, InterruptedException {
        script = home.resolveSibling("local-cluster");
        directory = Files.createTempDirectory("chaos-cluster");
        Runtime.getRuntime().addShutdownHook(hook);
        run("start", "--processes", "--node-managers", "2");
    }

    Path conf() {
        return directory.resolve("conf");
    }

    private void run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--dir", directory.toString()));
        int code = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("The local cluster did not " + words[0] + ".");
        }
    }

    private void stop() {
        try {
            run("stop");
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            System.err.println("chaos: " + e + "; see " + directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        stop();
    }
}
