package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/** Some megabytes that people wrote, in some files: the project's own sources and pages, over and over. */
record RealText(List<Path> files) {
    private static final int FILES = 5;
    private static final int ROUNDS = 3;
    /** So that files of a megabyte or two have several blocks each, the last of them a short one. */
    private static final int BLOCK_BYTES = 256 * 1024;

    static RealText of(Path project, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> sources = sources(project);
        List<Path> files = IntStream.range(0, FILES)
                .mapToObj(number -> directory.resolve("text-" + number + ".txt"))
                .toList();
        for (int number = 0; number < sources.size() * ROUNDS; number++) {
            try (OutputStream out = Files.newOutputStream(
                    files.get(number % FILES), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                Files.copy(sources.get(number % sources.size()), out);
            }
        }
        return new RealText(files);
    }

    private static List<Path> sources(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(file -> file.toString().matches(".*\\.(java|md|proto)"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    /** Copies them into a directory; answers how many blocks they have there. */
    int store(FileSystem into, org.apache.hadoop.fs.Path directory) throws IOException {
        int blocks = 0;
        for (Path file : files) {
            var target =
                    new org.apache.hadoop.fs.Path(directory, file.getFileName().toString());
            try (OutputStream out = into.create(target, true, 65_536, (short) 1, BLOCK_BYTES)) {
                Files.copy(file, out);
            }
            blocks += into.getFileBlockLocations(target, 0, Long.MAX_VALUE).length;
        }
        return blocks;
    }

    /** "word count" lines in the order of the words' bytes, by the text tools of the system. */
    Path wordsByTheTools() throws IOException, InterruptedException {
        Path counts = files.get(0).resolveSibling("counts-by-the-tools");
        ProcessBuilder tools = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "cat \"$@\" | tr -s '[:space:]' '\\n' | LC_ALL=C sort | uniq -c"
                                + " | awk '$2 != \"\" { print $2 \" \" $1 }'",
                        "tools")
                .redirectOutput(counts.toFile());
        files.forEach(file -> tools.command().add(file.toString()));
        assertThat(tools.start().waitFor()).isZero();
        return counts;
    }
}
