package io.raddle.bench.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Hands figures that only the program can measure to the harness: all processes share one machine. */
final class Report {
    private final Path file;

    Report(String file) {
        this.file = Path.of(file);
    }

    /** The present instant. */
    void clock(String name) throws IOException {
        add(name, System.currentTimeMillis() / 1e3);
    }

    void add(String name, double value) throws IOException {
        Files.writeString(file, name + "=" + value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
