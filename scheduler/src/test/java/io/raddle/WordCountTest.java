package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {
    @TempDir
    Path directory;

    @Test
    void countsTheWordsOfATextAsAPlainProgramDoes() throws Exception {
        Path in = Files.createDirectory(directory.resolve("in"));
        Random random = new Random(42);
        TreeMap<String, Long> expected = new TreeMap<>();
        for (int file = 0; file < 3; file++) {
            List<String> lines = new ArrayList<>();
            for (int line = 0; line < 5000; line++) {
                StringBuilder text = new StringBuilder();
                for (int word = 0; word < 8; word++) {
                    String next = "w" + (int) Math.abs(random.nextGaussian() * 100);
                    expected.merge(next, 1L, Long::sum);
                    text.append(word == 0 ? "" : " ").append(next);
                }
                lines.add(text.toString());
            }
            Files.write(in.resolve("part" + file), lines);
        }
        Path out = directory.resolve("out");

        try (Session session =
                Session.builder().name("word count").master("local[2]").build()) {
            session.textFile(in.toUri().toString(), 5)
                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                    .mapToPair(word -> Pair.of(word, 1L))
                    .reduceByKey(Long::sum)
                    .sortByKey()
                    .saveAsTextFile(out.toUri().toString());
        }

        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(out)) {
            for (Path part : parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        assertThat(lines)
                .isEqualTo(expected.entrySet().stream()
                        .map(entry -> "(" + entry.getKey() + "," + entry.getValue() + ")")
                        .toList());
    }
}
