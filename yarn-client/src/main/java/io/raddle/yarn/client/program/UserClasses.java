package io.raddle.yarn.client.program;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is on a class path beside the engine: what executors need to know of a program that was not submitted. */
public final class UserClasses {
    /** Of all entries alike, so that the same classes are the same bytes; the first moment that the format knows. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private UserClasses() {}

    /**
     * The jars of a class path, in its order, without those that {@code engine} names. A directory of classes becomes a
     * jar below {@code work}.
     */
    public static List<Path> of(String classPath, Set<Path> engine, Path work) throws IOException {
        Set<Path> jars = new LinkedHashSet<>();
        List<String> entries = List.of(classPath.split(File.pathSeparator));
        for (String entry : entries) {
            Path path = Path.of(entry.isEmpty() ? "." : entry).toAbsolutePath().normalize();
            if (!engine.contains(path) && Files.isDirectory(path)) {
                jars.add(pack(path, work.resolve("classes-" + jars.size() + ".jar")));
            } else if (!engine.contains(path) && Files.isRegularFile(path)) {
                jars.add(path);
            }
        }
        return List.copyOf(jars);
    }

    static Path pack(Path directory, Path jar) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            tree.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                ZipEntry entry =
                        new ZipEntry(directory.relativize(file).toString().replace(File.separatorChar, '/'));
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }
}
