package io.raddle.yarn.client.program;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles one source file for Java 17 into a jar; equal sources make equal jars, so that a second submit uploads nothing. */
final class SourceCompiler {
    private static final int SHOWN = 20;

    private SourceCompiler() {}

    /** A jar made of a source file, and the class in it that has {@code main}. */
    record Compiled(Path jar, String mainClass) {}

    static Compiled compile(Path source, List<Path> more, Path work) {
        return compile(compiler(Optional.ofNullable(ToolProvider.getSystemJavaCompiler())), source, more, work);
    }

    /** The compiler of this Java, where it has one. */
    static JavaCompiler compiler(Optional<JavaCompiler> ofThisJava) {
        return ofThisJava.orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                "This Java (" + System.getProperty("java.home") + ") has no compiler, so it cannot run a .java file.",
                "Set JAVA_HOME to a JDK 17 or newer, or submit a jar.")));
    }

    private static Compiled compile(JavaCompiler compiler, Path source, List<Path> more, Path work) {
        StandardJavaFileManager own = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        StandardJavaFileManager engine = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        try (ClassesInMemory classes = new ClassesInMemory(own, engine)) {
            own.setLocationFromPaths(StandardLocation.CLASS_PATH, more);
            engine.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
            run(compiler, classes, source);
            Map<String, byte[]> compiled = classes.compiled();
            Path jar = work.resolve(source.getFileName().toString().replaceFirst("\\.java$", "") + ".jar");
            write(compiled, jar);
            return new Compiled(jar, mainClass(source, compiled));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(JavaCompiler compiler, ClassesInMemory classes, Path source) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        StringWriter other = new StringWriter();
        StandardJavaFileManager files = classes.files();
        List<String> options = List.of("--release", "17", "-g", "-parameters", "-proc:none", "-nowarn", "-Xlint:none");
        JavaCompiler.CompilationTask task =
                compiler.getTask(other, classes, problems, options, null, files.getJavaFileObjects(source));
        HiddenUses.refuseIn(task, classes::hides);
        if (!task.call()) {
            throw new RaddleException(new Cause.InvalidInput(
                    source + " does not compile.\n" + describe(problems.getDiagnostics(), source) + other,
                    "Mend the source and submit again."));
        }
    }

    private static String describe(List<Diagnostic<? extends JavaFileObject>> problems, Path source)
            throws IOException {
        List<String> lines = Files.readAllLines(source);
        StringBuilder text = new StringBuilder();
        List<Diagnostic<? extends JavaFileObject>> errors = problems.stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        for (Diagnostic<? extends JavaFileObject> error : errors.subList(0, Math.min(SHOWN, errors.size()))) {
            text.append("  ")
                    .append(source.getFileName())
                    .append(':')
                    .append(error.getLineNumber())
                    .append(": ")
                    .append(error.getMessage(Locale.ROOT).replace("\n", "\n    "))
                    .append('\n');
            // An error of the whole file has no line.
            if (error.getLineNumber() > 0 && error.getLineNumber() <= lines.size()) {
                text.append("    > ")
                        .append(lines.get((int) error.getLineNumber() - 1).strip())
                        .append('\n');
            }
        }
        if (errors.size() > SHOWN) {
            text.append("  and ").append(errors.size() - SHOWN).append(" more\n");
        }
        return text.toString();
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** Entries are sorted and bear one fixed time. */
    private static void write(Map<String, byte[]> classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> compiled : new TreeMap<>(classes).entrySet()) {
                JarEntry entry = new JarEntry(compiled.getKey().replace('.', '/') + ".class");
                entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
                out.putNextEntry(entry);
                out.write(compiled.getValue());
                out.closeEntry();
            }
        }
    }

    /** Of the classes with a main method the one that is named like the file, else the one that the compiler met first. */
    private static String mainClass(Path source, Map<String, byte[]> compiled) {
        String simple = source.getFileName().toString().replaceFirst("\\.java$", "");
        List<String> withMain = compiled.entrySet().stream()
                .filter(entry -> MainMethod.of(entry.getValue()).found())
                .map(Map.Entry::getKey)
                .toList();
        return withMain.stream()
                .filter(name -> name.equals(simple) || name.endsWith("." + simple))
                .findFirst()
                .or(() -> withMain.stream().findFirst())
                .orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                        source + " has no main method.", "Add public static void main(String[] arguments).")));
    }
}
