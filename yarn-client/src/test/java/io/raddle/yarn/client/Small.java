package io.raddle.yarn.client;

import java.util.ArrayList;
import java.util.List;

/** Command lines of applications whose containers are as small as they may be, so that many tests fit one machine. */
final class Small {
    private Small() {}

    /** The options, then the application with its words; options that a test adds itself stand in front. */
    static String[] options(String application, String... words) {
        List<String> line = new ArrayList<>(List.of(
                "--driver-memory",
                "512m",
                "--executor-memory",
                "512m",
                "--conf",
                "raddle.task.max.attempts=2",
                application));
        line.addAll(List.of(words));
        return line.toArray(String[]::new);
    }

    static String[] with(List<String> options, String... line) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(line));
        return all.toArray(String[]::new);
    }
}
