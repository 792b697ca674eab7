package io.raddle.yarn.client;

import io.raddle.yarn.client.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary directory that is gone when the process ends, also when a signal ends it. One that cannot be removed is
 * spoken of and changes nothing else.
 */
final class WorkDirectory implements AutoCloseable {
    private final Path path;
    private final Console console;
    private final Thread atExit = new Thread(this::remove, "raddle-work-directory");

    private WorkDirectory(Path path, Console console) {
        this.path = path;
        this.console = console;
    }

    static WorkDirectory create(Console console) throws IOException {
        WorkDirectory directory = new WorkDirectory(Files.createTempDirectory("raddle-"), console);
        Runtime.getRuntime().addShutdownHook(directory.atExit);
        return directory;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        remove();
    }

    private synchronized void remove() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            console.say(
                    "The temporary directory " + path + " was not removed: " + e.getMessage() + ". Remove it by hand.");
        }
    }
}
