package io.raddle.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps files and methods small: counts lines of code, without blank lines, comments and imports. */
class SizeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** The API of users grows with what Spark's has; its methods are one line each. */
    private static final Set<String> UNCAPPED = Set.of("Rdd.java", "PairRdd.java", "DoubleRdd.java", "Session.java");

    private static final int LARGEST = 500;
    private static final int NINETIETH_PERCENTILE = 300;
    private static final int MEDIAN = 80;
    private static final int LARGEST_METHOD = 70;

    @Test
    void filesStaySmall() {
        Map<Path, Integer> sizes = sizes("main");
        List<Integer> sorted =
                sizes.values().stream().sorted(Comparator.naturalOrder()).toList();

        noneIsLargerThan(LARGEST, sizes);
        assertThat(sorted.get(sorted.size() * 9 / 10)).as("90th percentile").isLessThanOrEqualTo(NINETIETH_PERCENTILE);
        assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThanOrEqualTo(MEDIAN);
    }

    @Test
    void filesOfTestsStaySmallToo() {
        noneIsLargerThan(LARGEST, sizes("test"));
    }

    @Test
    void methodsStaySmall() {
        List<Path> files = Stream.concat(sources("main"), sources("test")).toList();

        List<Methods.Method> methods = Methods.of(files).toList();
        assertThat(methods).as("all methods").hasSizeGreaterThan(files.size());
        assertThat(methods.stream().filter(method -> method.codeLines() > LARGEST_METHOD))
                .as("methods above %d lines of code", LARGEST_METHOD)
                .isEmpty();
    }

    @Test
    void testsNeverSleep() {
        assertThat(linesWith(
                        "test",
                        "\\bsle" + "ep\\(",
                        "\\bpark(Na" + "nos|Until)\\(",
                        "\\byie" + "ld\\(\\)",
                        "\\bonSpin" + "Wait\\(",
                        "\\bpollDe" + "lay\\(",
                        "\\bwa" + "it\\((?!List)"))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(linesWith("main", "TO" + "DO", "FIX" + "ME", "printStack" + "Trace\\(\\)"))
                .isEmpty();
        assertThat(linesWith("test", "@Disa" + "bled")).isEmpty();
    }

    private static void noneIsLargerThan(int limit, Map<Path, Integer> sizes) {
        assertThat(sizes.entrySet().stream()
                        .filter(entry -> entry.getValue() > limit)
                        .filter(entry ->
                                !UNCAPPED.contains(entry.getKey().getFileName().toString())))
                .as("files above %d lines of code", limit)
                .isEmpty();
    }

    private static Map<Path, Integer> sizes(String kind) {
        Map<Path, Integer> sizes = new TreeMap<>();
        sources(kind).forEach(file -> sizes.put(ROOT.relativize(file), codeLines(lines(file))));
        return sizes;
    }

    /** Lines of this code in which one of these patterns is found. */
    private static List<String> linesWith(String kind, String... patterns) {
        Pattern any = Pattern.compile(String.join("|", patterns));
        return sources(kind)
                .flatMap(file -> lines(file).stream()
                        .filter(line -> any.matcher(line).find())
                        .map(line -> ROOT.relativize(file) + ": " + line.strip()))
                .toList();
    }

    static Stream<Path> sources(String kind) {
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

    static int codeLines(List<String> lines) {
        int count = 0;
        for (String line : lines) {
            String text = line.strip();
            boolean comment = text.startsWith("//") || text.startsWith("/*") || text.startsWith("*");
            if (!text.isEmpty() && !comment && !text.startsWith("import ") && !text.startsWith("package ")) {
                count++;
            }
        }
        return count;
    }
}
