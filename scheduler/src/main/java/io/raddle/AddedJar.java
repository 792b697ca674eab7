package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.loader.ClassDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A jar as it was when a session took it in; {@code name} is its path. */
record AddedJar(String name, ByteString content) {
    /** Reads a jar, or packs a directory of class files. */
    static AddedJar read(String given) {
        Path path = Path.of(given).toAbsolutePath().normalize();
        try {
            return new AddedJar(path.toString(), Files.isDirectory(path) ? packed(path) : whole(path));
        } catch (IOException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The jar or directory of classes " + path + " cannot be read: " + e + ".",
                            "Name a jar or a directory of class files on this machine."),
                    e);
        }
    }

    private static ByteString packed(Path directory) throws IOException {
        ByteString.Output jar = ByteString.newOutput();
        ClassDirectory.pack(directory, jar);
        return jar.toByteString();
    }

    private static ByteString whole(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return ByteString.readFrom(in);
        }
    }
}
