package io.raddle.yarn.client.program;

import io.raddle.loader.ClassDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is on a class path beside the engine: what executors need to know of a program that was not submitted. */
public final class UserClasses {
    private UserClasses() {}

    /**
     * The jars of these places, in their order, without those that {@code engine} names or that are below a directory that
     * it names. A directory of classes becomes a jar below {@code work}.
     */
    public static List<Path> of(ClassPlaces places, Set<Path> engine, Path work) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path path : places.paths()) {
            if (engine.stream().noneMatch(path::startsWith)) {
                jars.add(Files.isDirectory(path) ? pack(path, work.resolve("classes-" + jars.size() + ".jar")) : path);
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
