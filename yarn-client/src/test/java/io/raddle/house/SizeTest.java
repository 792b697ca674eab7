package io.raddle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps files small: counts lines of code, without blank lines, comments and imports. */
class SizeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** The API of users grows with what Spark's has; its methods are one line each. */
    private static final Set<String> UNCAPPED = Set.of("Rdd.java", "PairRdd.java", "DoubleRdd.java", "Session.java");

    private static final int LARGEST = 500;
    private static final int NINETIETH_PERCENTILE = 300;
    private static final int MEDIAN = 80;

    @Test
    void filesStaySmall() {
        TreeMap<Path, Integer> sizes = new TreeMap<>();
        sources("main").forEach(file -> sizes.put(ROOT.relativize(file), codeLines(file)));
        List<Integer> sorted =
                sizes.values().stream().sorted(Comparator.naturalOrder()).toList();

        assertThat(sizes.entrySet().stream()
                        .filter(entry -> entry.getValue() > LARGEST)
                        .filter(entry ->
                                !UNCAPPED.contains(entry.getKey().getFileName().toString())))
                .as("files above %d lines of code", LARGEST)
                .isEmpty();
        assertThat(sorted.get(sorted.size() * 9 / 10)).as("90th percentile").isLessThanOrEqualTo(NINETIETH_PERCENTILE);
        assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThanOrEqualTo(MEDIAN);
    }

    @Test
    void testsNeverSleep() {
        assertThat(linesWith("test", "Thread.sle" + "ep")).isEmpty();
        assertThat(linesWith("test", "SECONDS.sle" + "ep")).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(linesWith("main", "TO" + "DO")).isEmpty();
        assertThat(linesWith("main", "FIX" + "ME")).isEmpty();
        assertThat(linesWith("main", "printStack" + "Trace()")).isEmpty();
        assertThat(linesWith("test", "@Disa" + "bled")).isEmpty();
    }

    private static List<String> linesWith(String kind, String word) {
        return sources(kind)
                .flatMap(file -> lines(file).stream()
                        .filter(line -> line.contains(word))
                        .map(line -> ROOT.relativize(file) + ": " + line.strip()))
                .toList();
    }

    private static Stream<Path> sources(String kind) {
        return Stream.of("proto", "executor-container", "scheduler", "yarn-am", "yarn-client")
                .map(module -> ROOT.resolve(module).resolve("src/" + kind + "/java"))
                .filter(Files::isDirectory)
                .flatMap(SizeTest::javaFiles);
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int codeLines(Path file) {
        int count = 0;
        for (String line : lines(file)) {
            String text = line.strip();
            boolean comment = text.startsWith("//") || text.startsWith("/*") || text.startsWith("*");
            if (!text.isEmpty() && !comment && !text.startsWith("import ") && !text.startsWith("package ")) {
                count++;
            }
        }
        return count;
    }
}
