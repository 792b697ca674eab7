package io.raddle.yarn.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The class-data archive of this program, which halves its start-up. The launcher lets the JVM note the classes that it
 * loads while there is no archive; after the first whole run a process of its own makes the archive of them, once this
 * one is gone. Nothing waits for it, and nothing fails without it.
 */
final class ClientClassData {
    private static final String DUMP = String.join(
            "; ",
            "while kill -0 $1",
            "do sleep 0.2",
            "done",
            // Of several first clients one makes it: together they would starve each other, and whoever comes
            // meanwhile.
            "if command -v flock >/dev/null; then exec 9>\"$5.lock\"; flock -n 9 || exec rm -f \"$3\"; fi",
            "[ ! -f \"$5\" ] || exec rm -f \"$3\"",
            "nice \"$2\" -Xshare:dump -XX:SharedClassListFile=\"$3\" -XX:SharedArchiveFile=\"$3.jsa\" -cp \"$4\""
                    + " && mv \"$3.jsa\" \"$5\"",
            "rm -f \"$3\" \"$3.jsa\"");

    private ClientClassData() {}

    /** Called when an application was followed to its end, which loads all that a run loads. */
    static void make() {
        Optional<String> noted = noted();
        if (noted.isEmpty()) {
            return;
        }
        String classes = noted.get() + ".whole";
        try {
            // The JVM goes on writing to it, and forget() finds nothing.
            Files.move(Path.of(noted.get()), Path.of(classes));
            start(classes);
        } catch (IOException e) {
            // The next run tries again.
            return;
        }
    }

    /** Called last: a list that nothing was made of is of no use. */
    static void forget() {
        noted().ifPresent(classes -> new File(classes).delete());
    }

    private static Optional<String> noted() {
        return Optional.ofNullable(System.getProperty("raddle.client.classes"));
    }

    private static void start(String classes) throws IOException {
        new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        DUMP,
                        "raddle-class-data",
                        String.valueOf(ProcessHandle.current().pid()),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        classes,
                        System.getProperty("java.class.path"),
                        System.getProperty("raddle.client.archive"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
