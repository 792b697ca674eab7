package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A local file that travels with the application, and its name in the working directory: "data.csv#lookup". */
record Shipment(Path file, String link) {

    /** Reads a comma-separated list; two entries may not claim one name. */
    static List<Shipment> parse(String option, String list) {
        Map<String, Shipment> byLink = new LinkedHashMap<>();
        for (String entry : entries(list)) {
            Shipment shipment = parseOne(option, entry);
            if (byLink.putIfAbsent(shipment.link, shipment) != null) {
                throw new RaddleException(new Cause.InvalidInput(
                        option + " names " + shipment.link + " twice.", "Give one of them another name: file#name."));
            }
        }
        return List.copyOf(byLink.values());
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
