package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.launch.OwnLinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A local file that travels with the application, and its name in the working directory: "data.csv#lookup". */
record Shipment(Path file, String link) {

    /** Reads the comma-separated lists of an option. */
    static List<Shipment> parse(String option, List<String> lists) {
        return entries(String.join(",", lists)).stream()
                .map(entry -> parseOne(option, entry))
                .toList();
    }

    /** They all come to lie in one directory, beside what is ours there: no two may claim one name. */
    static void requireNamesOfTheirOwn(List<Shipment> files, List<Shipment> archives) {
        Set<String> links = new HashSet<>();
        Stream.concat(files.stream(), archives.stream()).map(Shipment::link).forEach(link -> {
            if (!links.add(link)) {
                throw new RaddleException(new Cause.InvalidInput(
                        "--files and --archives name " + link + " twice.",
                        "Give one of them another name: file#name."));
            }
            if (OwnLinks.contain(link)) {
                throw new RaddleException(new Cause.InvalidInput(
                        "The name " + link + " in --files or --archives is taken by Raddle or YARN itself.",
                        "Give it another name: file#name."));
            }
        });
    }

    static List<String> entries(String list) {
        List<String> entries = new ArrayList<>();
        for (String entry : list.split(",", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry.trim());
            }
        }
        return entries;
    }

    private static Shipment parseOne(String option, String entry) {
        int mark = entry.lastIndexOf('#');
        Path file = existing(option, mark < 0 ? entry : entry.substring(0, mark));
        String link = mark < 0 ? String.valueOf(file.getFileName()) : entry.substring(mark + 1);
        if (link.isEmpty() || link.contains("/") || link.startsWith(".")) {
            throw new RaddleException(new Cause.InvalidInput(
                    option + " " + entry + " has no usable name after '#'.", "Use one plain name without '/'."));
        }
        return new Shipment(file, link);
    }

    /** The path of a file that is there and can be read. */
    static Path existing(String option, String text) {
        Path file = Path.of(text.startsWith("file:") ? text.replaceFirst("^file:/*", "/") : text)
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new RaddleException(new Cause.InvalidInput(
                    option + " " + text + (Files.exists(file) ? " cannot be read as a file." : " does not exist."),
                    "Check the path; it is looked for on this machine, as " + file + "."));
        }
        return file;
    }
}
