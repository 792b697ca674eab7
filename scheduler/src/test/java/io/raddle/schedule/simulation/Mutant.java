package io.raddle.schedule.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small fault of the core, as replacements of text in one or more of its files. */
record Mutant(String what, List<Edit> edits) {
    /** {@code from} stands in the file exactly once. */
    record Edit(String file, String from, String to) {}

    /** Reads the blocks of a list. */
    static List<Mutant> read(Path list) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        for (String block : Files.readString(list).split("\n\\s*\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                mutants.add(parse(lines));
            }
        }
        return mutants;
    }

    private static Mutant parse(List<String> lines) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 1; i + 2 < lines.size(); i += 3) {
            edits.add(new Edit(value(lines.get(i)), value(lines.get(i + 1)), value(lines.get(i + 2))));
        }
        return new Mutant(value(lines.get(0)), edits);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** The changed sources by file name. */
    Map<String, String> apply(Path sources) throws IOException {
        Map<String, String> changed = new LinkedHashMap<>();
        for (Edit edit : edits) {
            String name = edit.file() + ".java";
            String before = changed.containsKey(name) ? changed.get(name) : Files.readString(sources.resolve(name));
            changed.put(name, replace(before, edit));
        }
        return changed;
    }

    private String replace(String source, Edit edit) {
        Matcher matcher = pattern(edit.from()).matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException(what + ": " + edit.file() + " does not contain " + edit.from());
        }
        int start = matcher.start();
        int end = matcher.end();
        if (matcher.find()) {
            throw new IllegalStateException(what + ": " + edit.file() + " contains twice " + edit.from());
        }
        return source.substring(0, start) + edit.to() + source.substring(end);
    }

    /** White space matches any white space, and a slash a line break. */
    private static Pattern pattern(String from) {
        StringBuilder regex = new StringBuilder();
        for (String line : from.split("/")) {
            regex.append(regex.isEmpty() ? "" : "\\s*");
            boolean first = true;
            for (String word : line.strip().split("\\s+")) {
                regex.append(first ? "" : "\\s+").append(Pattern.quote(word));
                first = false;
            }
        }
        return Pattern.compile(regex.toString());
    }
}
