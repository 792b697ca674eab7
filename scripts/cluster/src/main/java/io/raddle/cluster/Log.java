package io.raddle.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the one line in a daemon's log that says why it ended. */
final class Log {
    private static final Pattern EXCEPTION = Pattern.compile("^(Caused by: )?[\\w.$]+(Exception|Error): .+");

    private Log() {}

    static String cause(Path log) throws IOException {
        List<String> lines =
                List.of(Files.readString(log, StandardCharsets.ISO_8859_1).split("\n"));
        String cause = lines.stream()
                .filter(line -> line.startsWith("Error: ")) // the JVM's own
                .findFirst()
                .orElse("it gave no reason");
        for (String line : lines) {
            if (EXCEPTION.matcher(line).matches()) {
                cause = line.replaceFirst("^Caused by: ", "");
            }
        }
        return cause;
    }
}
