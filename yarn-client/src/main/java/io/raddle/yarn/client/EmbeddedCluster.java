package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real cluster in a temporary directory, started and stopped with one application; it also ends when we vanish. */
final class EmbeddedCluster implements AutoCloseable {
    private final Path script;
    private final Path directory;
    private final Path log;
    private final Console console;
    private String confDirectory = "";

    private EmbeddedCluster(Path script, Path directory, Path work, Console console) {
        this.script = script;
        this.directory = directory;
        this.log = work.resolve("cluster.log");
        this.console = console;
    }

    static EmbeddedCluster start(Distribution distribution, Path work, Console console) throws IOException {
        // Not in ours: when we vanish, its daemons remove it, after us.
        Path directory = Files.createTempDirectory(work.toAbsolutePath().getParent(), "raddle-cluster-");
        EmbeddedCluster cluster =
                new EmbeddedCluster(distribution.scripts().resolve("local-cluster"), directory, work, console);
        console.say("Starting a cluster of our own in " + cluster.directory);
        try {
            cluster.start();
        } catch (IOException | RuntimeException e) {
            // Half of its daemons may run.
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void start() throws IOException {
        List<String> output = call(
                log,
                script.toString(),
                "start",
                "--mini",
                "--dir",
                directory.toString(),
                "--supervise-pid",
                String.valueOf(ProcessHandle.current().pid()),
                "--delete-data");
        confDirectory = output.get(output.size() - 1);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HADOOP_CONF_DIR", confDirectory);
        return environment;
    }

    /** By now it is known how the application ended: a cluster that does not stop is spoken of and changes nothing. */
    @Override
    public void close() {
        try {
            call(log, script.toString(), "stop", "--dir", directory.toString(), "--delete-data");
            Files.deleteIfExists(directory);
        } catch (RaddleException e) {
            console.say(e.fault().sentences());
        } catch (IOException e) {
            console.say("The embedded cluster in " + directory + " was not stopped: " + e.getMessage()
                    + ". It ends by itself in a moment.");
        }
    }

    /** The lines that a command printed; its standard error goes to the log, which is shown when it fails. */
    private static List<String> call(Path log, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        List<String> lines = new ArrayList<>();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
            if (process.waitFor() != 0) {
                throw new RaddleException(new Cause.ClusterRefused(
                        "The embedded cluster did not obey " + command[1] + ":\n"
                                + Files.readString(log).strip(),
                        "Run " + command[0] + " " + command[1] + " by hand to see more."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nothing interrupts the client", e);
        }
        return lines;
    }
}
