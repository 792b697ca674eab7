package io.raddle.yarn.client.stage;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine of this distribution: one archive with the jars of our processes, and its identity. */
public record Engine(Path archive, Sha256 identity) {
    /** Name of the unpacked archive in a working directory. */
    public static final String LINK = "engine";

    /** Explicit jars and nothing else: class-data sharing refuses directories and patterns. */
    public static final String CLASS_PATH = "engine/lib/raddle-engine.jar:engine/lib/raddle-libraries.jar";

    /** The engine below the directory of the distribution. */
    public static Engine in(Path distribution) {
        Path archive = distribution.resolve("engine.tar");
        try {
            Files.size(archive);
            return new Engine(
                    archive,
                    new Sha256(Files.readString(distribution.resolve("engine.sha256"))
                            .strip()));
        } catch (IOException | IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The distribution " + distribution + " has no engine.",
                            "Build it: ./mvnw package -DskipTests."),
                    e);
        }
    }
}
