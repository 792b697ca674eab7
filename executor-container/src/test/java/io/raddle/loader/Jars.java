package io.raddle.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars out of source text. */
public final class Jars {
    private final Path directory;
    private final Map<String, byte[]> files = new TreeMap<>();
    private int made;

    public Jars(Path directory) {
        this.directory = directory;
    }

    /** Adds a file as it is. */
    public Jars with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file as it is. */
    public Jars with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Adds the classes of a source file, by the name of its class. */
    public Jars source(String className, String text, String... options) {
        return sources(Map.of(className, text), options);
    }

    /** Adds the classes of source files that need each other. */
    public Jars sources(Map<String, String> textByClass, String... options) {
        Path classes = directory.resolve("classes-" + made++);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
        arguments.addAll(
                options.length > 0 ? List.of(options) : List.of("-classpath", System.getProperty("java.class.path")));
        List<JavaFileObject> units = new ArrayList<>();
        textByClass.forEach((name, text) -> units.add(new Source(name, text)));
        StringWriter problems = new StringWriter();
        try {
            Files.createDirectories(classes);
            boolean compiled = compiler.getTask(problems, null, null, arguments, null, units)
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
            addAll(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void addAll(Path classes) throws IOException {
        try (Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    public byte[] bytesOf(String file) {
        return Objects.requireNonNull(files.get(file), file);
    }

    /** Writes what was added into a jar and forgets it. */
    public Path jar(String name) {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.clear();
        return jar;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
