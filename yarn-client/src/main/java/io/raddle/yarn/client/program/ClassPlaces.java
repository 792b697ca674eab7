package io.raddle.yarn.client.program;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars and directories that a running program's classes come from, in the order in which it finds them: those of the
 * class path, those that their manifests name (as launchers do whose command line would be too long), and those of class
 * loaders of its own. What is not there or no jar is left out, as by the JVM.
 */
public record ClassPlaces(List<Path> paths) {
    private static final Logger LOG = LoggerFactory.getLogger(ClassPlaces.class);

    /** Of the class path as the JVM has it, and of {@code loader} and its parents. */
    public static ClassPlaces of(String classPath, @Nullable ClassLoader loader) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            add(found, Path.of(entry));
        }
        // A parent is asked before its child.
        Deque<URLClassLoader> ownLast = new ArrayDeque<>();
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            if (each instanceof URLClassLoader own) {
                ownLast.push(own);
            }
        }
        for (URLClassLoader own : ownLast) {
            for (URL url : own.getURLs()) {
                Optional<Path> file = file(url);
                if (file.isPresent()) {
                    add(found, file.get());
                }
            }
        }
        return new ClassPlaces(List.copyOf(found));
    }

    private static void add(Set<Path> found, Path place) throws IOException {
        Path path = place.toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            found.add(path);
        } else if (Files.isRegularFile(path) && !found.contains(path)) {
            try (JarFile jar = new JarFile(path.toFile(), false)) {
                found.add(path);
                for (Path named : named(path, jar)) {
                    add(found, named);
                }
            } catch (ZipException e) {
                LOG.debug("{} on the class path is no jar; the JVM passes it over, and so do we", path, e);
            }
        }
    }

    private static List<Path> named(Path path, JarFile jar) throws IOException {
        String names = Optional.ofNullable(jar.getManifest())
                .map(Manifest::getMainAttributes)
                .map(attributes -> attributes.getValue(Attributes.Name.CLASS_PATH))
                .orElse("");
        return Stream.of(names.strip().split("\\s+"))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> beside(path, name).stream())
                .toList();
    }

    private static Optional<Path> beside(Path jar, String name) {
        try {
            return path(jar.toUri().resolve(new URI(name)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> file(URL url) {
        try {
            return path(url.toURI());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Nothing where it is elsewhere than in a file: from there it cannot be shipped. */
    private static Optional<Path> path(URI uri) {
        try {
            return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }
}
