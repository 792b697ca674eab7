package io.raddle.schedule.simulation;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Tests the simulator: puts small faults into the core, one at a time, and demands that each is caught. */
public final class Mutate {
    static final Path SOURCES = Path.of("src/main/java/io/raddle/schedule");
    static final Path LIST = Path.of("src/test/resources/io/raddle/schedule/simulation/mutants.txt");
    private static final int SEEDS = 300;
    private static final long PATIENCE_SECONDS = 180;
    /** The annotation that sources name and classes forget: the long run has no library on its path. */
    private static final String NULLABLE =
            "package org.jspecify.annotations;\n@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)\n"
                    + "public @interface Nullable {}\n";

    private final Path module;
    private final Path scratch;
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    Mutate(Path module, Path scratch) {
        this.module = module;
        this.scratch = scratch;
    }

    /** Usage: {@code MODULE_DIRECTORY [WORD]}; with a word, only the mutants whose description has it. */
    public static void main(String[] args) throws Exception {
        Path module = Path.of(args[0]);
        String word = args.length > 1 ? args[1] : "";
        Path scratch = Files.createTempDirectory("mutants");
        int survivors = 0;
        int count = 0;
        try {
            Mutate mutate = new Mutate(module, scratch);
            for (Mutant mutant : Mutant.read(module.resolve(LIST))) {
                if (mutant.what().contains(word)) {
                    count++;
                    survivors += mutate.tell(mutant, System.out);
                }
            }
        } finally {
            delete(scratch);
        }
        System.out.println(count + " mutants, " + survivors + " survived " + SEEDS + " seeds");
        System.exit(survivors == 0 && count > 0 ? 0 : 1);
    }

    private int tell(Mutant mutant, PrintStream out) throws Exception {
        String caught = catchIt(mutant, SEEDS);
        out.printf("%-8s  %-75s  %s%n", caught.isEmpty() ? "SURVIVED" : "caught", mutant.what(), caught);
        return caught.isEmpty() ? 1 : 0;
    }

    /** How it was caught; nothing when it was not. */
    String catchIt(Mutant mutant, int seeds) throws Exception {
        Path classes = compile(mutant);
        URL[] path = {
            classes.toUri().toURL(),
            module.resolve("target/classes").toUri().toURL(),
            module.resolve("target/test-classes").toUri().toURL(),
            module.resolveSibling("proto").resolve("target/classes").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            FutureTask<String> trial = new FutureTask<>(() -> (String) loader.loadClass(Trial.class.getName())
                    .getMethod("run", int.class)
                    .invoke(null, seeds));
            Thread thread = new Thread(trial, "trial");
            thread.setDaemon(true);
            thread.start();
            return trial.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            return "hangs";
        }
    }

    private Path compile(Mutant mutant) throws IOException {
        Path sources = Files.createTempDirectory(scratch, "source");
        Path classes = Files.createTempDirectory(scratch, "classes");
        List<Path> files = new ArrayList<>();
        files.add(Files.writeString(sources.resolve("Nullable.java"), NULLABLE));
        for (Map.Entry<String, String> changed :
                mutant.apply(module.resolve(SOURCES)).entrySet()) {
            files.add(Files.writeString(sources.resolve(changed.getKey()), changed.getValue()));
        }
        String path = Stream.of(module, module.resolveSibling("proto"))
                        .map(each -> each.resolve("target/classes").toString())
                        .collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + System.getProperty("java.class.path");
        List<String> options =
                List.of("-nowarn", "-proc:none", "--release", "17", "-d", classes.toString(), "-cp", path);
        StringWriter said = new StringWriter();
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        boolean compiled = compiler.getTask(
                        said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                .call();
        if (!compiled) {
            throw new IllegalStateException(mutant.what() + " does not compile:\n" + said);
        }
        return classes;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
