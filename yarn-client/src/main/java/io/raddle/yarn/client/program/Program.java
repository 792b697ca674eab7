package io.raddle.yarn.client.program;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A program that can be started: its main class and its jars in class path order, the application's own first. */
public record Program(String mainClass, List<Path> jars) {

    /**
     * Finds main class and class path of a jar, or compiles a {@code .java} file into a jar below {@code work}.
     *
     * @throws RaddleException when the file is neither, does not compile, or has no such main class
     */
    public static Program of(Path application, Optional<String> mainClass, List<Path> more, Path work) {
        String file = String.valueOf(application.getFileName());
        if (file.endsWith(".java")) {
            SourceCompiler.Compiled compiled = SourceCompiler.compile(application, more, work);
            return checked(mainClass.orElseGet(compiled::mainClass), compiled.jar(), more);
        }
        if (file.endsWith(".jar")) {
            return checked(mainClass.orElseGet(() -> manifestMain(application)), application, more);
        }
        throw unknownKind(application);
    }

    /** Refuses what is no program by its name alone, before anything is asked of a cluster. */
    public static void checkName(Path application) {
        String file = String.valueOf(application.getFileName());
        if (!file.endsWith(".java") && !file.endsWith(".jar")) {
            throw unknownKind(application);
        }
    }

    private static RaddleException unknownKind(Path application) {
        return new RaddleException(new Cause.InvalidInput(
                application + " is neither a jar nor a .java file.", "Name a file that ends in .jar or .java."));
    }

    private static Program checked(String mainClass, Path first, List<Path> more) {
        List<Path> jars = new ArrayList<>();
        jars.add(first);
        jars.addAll(more);
        MainMethod main = find(jars, mainClass)
                .orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                        "There is no class " + mainClass + " in " + first.getFileName()
                                + (more.isEmpty() ? "." : " or the other jars."),
                        "Name a class with its package, as in --class org.example.Main.")));
        if (!hasMain(main, jars)) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The class " + mainClass + " has no method public static void main(String[]).",
                    "Name a class that has one, as in --class org.example.Main."));
        }
        return new Program(mainClass, List.copyOf(jars));
    }

    /** A class may inherit its main; of one whose parent is none of ours, only the JVM can tell. */
    private static boolean hasMain(MainMethod named, List<Path> jars) {
        MainMethod main = named;
        while (!main.found() && main.parent().isPresent()) {
            String parent = main.parent().get();
            Optional<MainMethod> inherited = find(jars, parent);
            if (inherited.isEmpty()) {
                return !parent.equals("java.lang.Object");
            }
            main = inherited.get();
        }
        return main.found();
    }

    private static Optional<MainMethod> find(List<Path> jars, String className) {
        for (Path jar : jars) {
            Optional<byte[]> classFile = read(jar, className.replace('.', '/') + ".class");
            if (classFile.isPresent()) {
                return Optional.of(mainOf(classFile.get(), className, jar));
            }
        }
        return Optional.empty();
    }

    private static MainMethod mainOf(byte[] classFile, String className, Path jar) {
        try {
            return MainMethod.of(classFile);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The class " + className + " in " + jar.getFileName() + " is damaged.",
                            "Build the jar again."),
                    e);
        }
    }

    private static Optional<byte[]> read(Path jar, String entry) {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry found = file.getEntry(entry);
            if (found == null) {
                return Optional.empty();
            }
            try (InputStream in = file.getInputStream(found)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    private static String manifestMain(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Optional<String> main = Optional.ofNullable(file.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(Attributes.Name.MAIN_CLASS));
            return main.orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                    jar.getFileName() + " names no main class in its manifest.", "Name it with --class.")));
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    private static RaddleException unreadable(Path jar, IOException e) {
        String size = Files.isReadable(jar) ? "" : " (it cannot be opened)";
        return new RaddleException(
                new Cause.InvalidInput(jar + " is not a jar" + size + ".", "Build it again, or name another file."), e);
    }
}
