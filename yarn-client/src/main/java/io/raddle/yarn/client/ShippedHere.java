package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileUtil;

/**
 * What {@code --files} and {@code --archives} name, for a program that runs in this process: links in the working
 * directory under the names that it has there on a cluster, gone when the process ends. Its working directory stays the
 * person's own, since relative paths among its arguments are meant there.
 */
final class ShippedHere implements AutoCloseable {
    private final List<Path> made = new ArrayList<>();
    private final Console console;

    private ShippedHere(Console console) {
        this.console = console;
    }

    /** Archives are unpacked below {@code work}; the links come to lie in {@code here}. */
    static ShippedHere link(List<Shipment> files, List<Shipment> archives, Path work, Path here, Console console)
            throws IOException {
        ShippedHere shipped = new ShippedHere(console);
        Runtime.getRuntime().addShutdownHook(new Thread(shipped::close, "raddle-links"));
        try {
            for (Shipment file : files) {
                shipped.link(file.file(), here.resolve(file.link()));
            }
            for (Shipment archive : archives) {
                shipped.link(unpacked(archive, work), here.resolve(archive.link()));
            }
        } catch (IOException | RuntimeException e) {
            shipped.close();
            throw e;
        }
        return shipped;
    }

    private synchronized void link(Path target, Path link) throws IOException {
        if (Files.exists(link) && Files.isSameFile(link, target)) {
            return;
        }
        try {
            Files.createSymbolicLink(link, target);
            made.add(link);
        } catch (IOException e) {
            boolean taken = Files.exists(link);
            throw new RaddleException(
                    new Cause.InvalidInput(
                            taken
                                    ? "The working directory has another " + link.getFileName() + " already."
                                    : link + " cannot be made: " + e.getMessage() + ".",
                            taken
                                    ? "Give the file that is shipped another name: file#name."
                                    : "A local program finds what is shipped in its working directory: start it in one"
                                            + " that you can write."),
                    e);
        }
    }

    /** As a NodeManager does it, by the archive's name. */
    private static Path unpacked(Shipment archive, Path work) throws IOException {
        Path directory = Files.createDirectories(work.resolve("archives").resolve(archive.link()));
        File file = archive.file().toFile();
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip") || name.endsWith(".jar")) {
            FileUtil.unZip(file, directory.toFile());
        } else if (name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            FileUtil.unTar(file, directory.toFile());
        } else {
            throw new RaddleException(new Cause.InvalidInput(
                    "--archives " + archive.file() + " is no archive by its name.",
                    "Name a .zip, .jar, .tar, .tar.gz or .tgz."));
        }
        return directory;
    }

    @Override
    public synchronized void close() {
        for (Path link : made) {
            try {
                Files.deleteIfExists(link);
            } catch (IOException e) {
                console.say("The link " + link + " was not removed: " + e.getMessage() + ". Remove it by hand.");
            }
        }
        made.clear();
    }
}
