package io.raddle.yarn.master;

import io.raddle.proto.ApplicationSpec;
import io.raddle.wire.Sha256;
import io.raddle.yarn.launch.MasterLaunch;
import io.raddle.yarn.launch.OwnLinks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the class-data archive that lets later masters and executors start in half the time: here, because an archive
 * fits only the JVM that made it, and after the application's end, when nobody waits any more and the container's memory
 * is free. It holds what this master has loaded and what a {@link Rehearsal} loads besides; the list of them is kept
 * beside it, for a master on a JVM that it does not fit. All of it yields to whatever else the node does and is over
 * within a minute. Whatever goes wrong costs later starts their speed and nothing else.
 */
final class ClassData {
    private static final Logger LOG = LoggerFactory.getLogger(ClassData.class);
    /** The container stays for so long at most; without a load the work takes a sixth of it. */
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private static final String REHEARSED = "rehearsal.classes";
    private static final String CLASSES = "all.classes";
    private static final String ARCHIVE = "made.jsa";
    private static final String SUFFIX = ".jsa";

    private final ApplicationSpec spec;
    private final Configuration hadoop;
    private final long deadline = System.nanoTime() + LIMIT_NANOS;

    ClassData(ApplicationSpec spec, Configuration hadoop) {
        this.spec = spec;
        this.hadoop = hadoop;
    }

    void make() throws InterruptedException {
        try {
            org.apache.hadoop.fs.Path own = new org.apache.hadoop.fs.Path(spec.getClassDataPrefix() + jvm() + "-");
            FileSystem files = own.getFileSystem(hadoop);
            if (isShipped(own) || isThere(files, own)) {
                return;
            }
            java(
                    "-Xmx256m",
                    "-XX:DumpLoadedClassList=" + REHEARSED,
                    "-cp",
                    spec.getClassPath(),
                    Rehearsal.class.getName());
            Path classes = Files.write(Path.of(CLASSES), classes(files));
            java(
                    "-Xshare:dump",
                    "-Xmx384m",
                    "-XX:SharedClassListFile=" + CLASSES,
                    "-XX:SharedArchiveFile=" + ARCHIVE,
                    "-cp",
                    spec.getClassPath());
            if (!isThere(files, own)) {
                publish(files, classes, list());
                publish(
                        files,
                        Path.of(ARCHIVE),
                        new org.apache.hadoop.fs.Path(
                                own + Sha256.of(Path.of(ARCHIVE)).hex() + SUFFIX));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("No class-data archive was made, so later applications start as slowly as this one", e);
        }
    }

    /** Whether this JVM started from one, which may be a trusted owner's and so elsewhere. */
    private boolean isShipped(org.apache.hadoop.fs.Path own) {
        return spec.getEngineList().stream()
                .filter(resource -> resource.getLink().equals(OwnLinks.CLASS_DATA))
                .map(resource -> new org.apache.hadoop.fs.Path(resource.getUri()).getName())
                .anyMatch(name -> name.startsWith(own.getName()));
    }

    /** Whether an archive of this JVM is there: the rest of its name is its content, which another one made. */
    private static boolean isThere(FileSystem files, org.apache.hadoop.fs.Path own) throws IOException {
        try {
            return Arrays.stream(files.listStatus(own.getParent()))
                    .map(status -> status.getPath().getName())
                    .anyMatch(name -> name.startsWith(own.getName()) && name.endsWith(SUFFIX));
        } catch (FileNotFoundException e) {
            // Who found all else in a trusted owner's cache has none of their own yet.
            return false;
        }
    }

    /** What tells one JVM build from another; the first word of class-data archives is the same. */
    static String jvm() {
        String build = System.getProperty("java.vm.version") + "-" + System.getProperty("java.vm.vendor") + "-"
                + System.getProperty("os.arch");
        return build.replaceAll("[^A-Za-z0-9.+-]", "_");
    }

    private Set<String> classes(FileSystem files) throws IOException {
        Path noted = Path.of(MasterLaunch.CLASSES_FILE);
        if (!Files.exists(noted) && files.exists(list())) {
            // An archive of another JVM was shipped, so ours noted nothing: whoever made that one left us its list.
            files.copyToLocalFile(list(), new org.apache.hadoop.fs.Path(noted.toUri()));
        }
        Set<String> classes = new LinkedHashSet<>();
        for (Path file : List.of(noted, Path.of(REHEARSED))) {
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                // Classes of the user come from a loader of their own and have a source.
                if (!line.startsWith("#") && !line.contains("source:")) {
                    classes.add(line);
                }
            }
        }
        return classes;
    }

    private org.apache.hadoop.fs.Path list() {
        return new org.apache.hadoop.fs.Path(spec.getClassDataPrefix() + "all.classes");
    }

    private void java(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("nice");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("the node is too busy for it");
        }
        if (process.exitValue() != 0) {
            throw new IOException("java ended with " + process.exitValue() + ": " + String.join(" ", command));
        }
    }

    private static void publish(FileSystem files, Path local, org.apache.hadoop.fs.Path target) throws IOException {
        org.apache.hadoop.fs.Path temporary =
                new org.apache.hadoop.fs.Path(target.getParent(), ".uploading-" + UUID.randomUUID());
        try {
            files.create(temporary).close();
            // For an end by signal; `finally` is for all others.
            files.deleteOnExit(temporary);
            files.copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), temporary);
            files.setPermission(temporary, new FsPermission((short) 0644));
            files.rename(temporary, target);
        } finally {
            files.delete(temporary, false);
            files.cancelDeleteOnExit(temporary);
        }
    }
}
