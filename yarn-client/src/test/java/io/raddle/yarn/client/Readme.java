package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that a newcomer types commands from. */
final class Readme {
    private Readme() {}

    /** The one command in its code blocks that has these words. */
    static String command(String words) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean code = false;
        for (String line : text().lines().toList()) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (code && line.contains(words)) {
                commands.add(line.strip());
            }
        }
        if (commands.size() != 1) {
            throw new AssertionError("not one command with " + words + ", but " + commands);
        }
        return commands.get(0);
    }

    /** What the word count example prints of this page, counted without the engine. */
    static String mostFrequentWords(int shown) throws IOException {
        Map<String, Long> counts = Arrays.stream(text().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(shown)
                .map(entry -> "%8d %s\n".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining());
    }

    private static String text() throws IOException {
        Path page = RealCluster.project().resolve("README.md");
        return Files.readString(page);
    }
}
