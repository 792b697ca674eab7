package io.raddle.loader;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes one jar of a directory of classes: of the same classes always the same bytes. */
public final class ClassDirectory {
    /** Of all entries alike; the first moment that the format knows. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ClassDirectory() {}

    /** Writes the jar and leaves {@code out} open. */
    public static void pack(Path directory, OutputStream out) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            tree.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Path file : files) {
            ZipEntry entry = new ZipEntry(directory.relativize(file).toString().replace(File.separatorChar, '/'));
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            Files.copy(file, zip);
            zip.closeEntry();
        }
        zip.finish();
    }
}
