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
 * spoken of and changes nothing else. What processes left that were killed outright goes when the next one begins.
 */
final class WorkDirectory implements AutoCloseable {
    private static final String PREFIX = "raddle-";

    private final Path path;
    private final OwnerMark mark;
    private final Console console;
    private final Thread atExit = new Thread(this::remove, "raddle-work-directory");

    private WorkDirectory(Path path, OwnerMark mark, Console console) {
        this.path = path;
        this.mark = mark;
        this.console = console;
    }

    static WorkDirectory create(Console console) throws IOException {
        Path path = Files.createTempDirectory(PREFIX);
        WorkDirectory directory = new WorkDirectory(path, OwnerMark.put(path), console);
        Runtime.getRuntime().addShutdownHook(directory.atExit);
        sweep(path.resolveSibling(""));
        return directory;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending; whichever of both comes first removes it.
        }
        remove();
    }

    private synchronized void remove() {
        if (!Files.exists(path)) {
            return;
        }
        try (mark) {
            delete(path);
        } catch (IOException | UncheckedIOException e) {
            console.say(
                    "The temporary directory " + path + " was not removed: " + e.getMessage() + ". Remove it by hand.");
        }
    }

    /** What cannot be looked at or removed is another user's. */
    private static void sweep(Path temporary) {
        try (Stream<Path> all = Files.list(temporary)) {
            List<Path> ours = all.filter(each -> each.getFileName().toString().startsWith(PREFIX))
                    .toList();
            for (Path each : ours) {
                if (OwnerMark.isAbandoned(each)) {
                    delete(each);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The next one tries again.
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
