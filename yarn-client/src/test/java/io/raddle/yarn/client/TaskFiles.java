package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files by whose names tasks tell a test where they ran: a word, the process, and what else is to tell, with dashes between. */
record TaskFiles(Path directory, String word) {
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.startsWith(word + "-"))
                    .toList();
        }
    }

    /** Of each file. */
    List<Long> pids() throws IOException {
        return names().stream().map(TaskFiles::pid).toList();
    }

    static long pid(String name) {
        return Long.parseLong(part(name, 1));
    }

    /** What stands between two dashes; the word is part 0. */
    static String part(String name, int index) {
        return name.split("-", -1)[index];
    }
}
