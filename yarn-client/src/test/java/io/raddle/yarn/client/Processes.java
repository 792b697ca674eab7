package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes of this machine by their command lines, which the JDK shows only in part. */
final class Processes {
    private Processes() {}

    /** Processes with all of these words in their command lines. */
    static List<ProcessHandle> mentioning(String... words) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String line = commandLine(process.pid());
                    return Stream.of(words).allMatch(line::contains);
                })
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }
}
