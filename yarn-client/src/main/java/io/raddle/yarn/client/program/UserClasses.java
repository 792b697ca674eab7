package io.raddle.yarn.client.program;

import io.raddle.loader.ClassDirectory;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is on a class path beside the engine: what executors need to know of a program that was not submitted. */
public final class UserClasses {
    private UserClasses() {}

    /**
     * The jars of a class path, in its order, without those that {@code engine} names or that are below a directory that it
     * names. A directory of classes becomes a jar below {@code work}.
     */
    public static List<Path> of(String classPath, Set<Path> engine, Path work) throws IOException {
        Set<Path> jars = new LinkedHashSet<>();
        List<String> entries = List.of(classPath.split(File.pathSeparator));
        for (String entry : entries) {
            Path path = Path.of(entry.isEmpty() ? "." : entry).toAbsolutePath().normalize();
            if (engine.stream().anyMatch(path::startsWith)) {
                continue;
            }
            if (Files.isDirectory(path)) {
                jars.add(pack(path, work.resolve("classes-" + jars.size() + ".jar")));
            } else if (Files.isRegularFile(path)) {
                jars.add(path);
            }
        }
        return List.copyOf(jars);
    }

    static Path pack(Path directory, Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(jar)) {
            ClassDirectory.pack(directory, out);
        }
        return jar;
    }
}
