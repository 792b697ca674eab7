package io.raddle.loader;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** One entry of an application's class path, from which the bytes of classes are read. Safe for all threads. */
sealed interface ClassSource extends AutoCloseable {
    static ClassSource of(Path path) {
        if (!Files.isReadable(path)) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The jar " + path + " does not exist or cannot be read.",
                    "Check --jars and the application's jar."));
        }
        return Files.isDirectory(path) ? new Directory(path) : new Jar(path);
    }

    URL url();

    /** The bytes of a file, absent when this has none of that name. */
    byte @Nullable [] read(String file) throws IOException;

    Manifest manifest() throws IOException;

    @Override
    void close() throws IOException;

    /** A directory of class files. */
    record Directory(Path path) implements ClassSource {
        @Override
        public URL url() {
            return UserClassLoader.urlOf(path);
        }

        @Override
        public byte @Nullable [] read(String file) throws IOException {
            Path found = path.resolve(file);
            return Files.isRegularFile(found) ? Files.readAllBytes(found) : null;
        }

        @Override
        public Manifest manifest() {
            return new Manifest();
        }

        @Override
        public void close() {}
    }

    /** A jar, opened when it is first asked; signatures are not looked at, since re-packed jars often break them. */
    final class Jar implements ClassSource {
        private final Path path;
        private final URL url;
        private @Nullable JarFile file;
        private boolean closed;

        Jar(Path path) {
            this.path = path;
            this.url = UserClassLoader.urlOf(path);
        }

        @Override
        public URL url() {
            return url;
        }

        @Override
        public byte @Nullable [] read(String name) throws IOException {
            JarFile jar = open();
            ZipEntry entry = jar.getEntry(name);
            if (entry == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }

        @Override
        public Manifest manifest() throws IOException {
            Manifest manifest = open().getManifest();
            return manifest == null ? new Manifest() : manifest;
        }

        private synchronized JarFile open() throws IOException {
            if (closed) {
                throw new IOException(path + " was closed with its class loader");
            }
            if (file == null) {
                try {
                    file = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
                } catch (ZipException e) {
                    throw new RaddleException(
                            new Cause.InvalidInput(
                                    path + " is not a jar: " + e.getMessage() + ".",
                                    "Build or copy it again; it may have been cut short."),
                            e);
                }
            }
            return file;
        }

        @Override
        public synchronized void close() throws IOException {
            closed = true;
            if (file != null) {
                file.close();
            }
        }
    }
}
