package io.raddle.yarn.client;

import io.raddle.yarn.client.stage.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;

/** Where this program was installed: the launcher says so, or else the jar that this class came from. */
record Distribution(Path directory, Path scripts) {
    private static final Path OF_A_BUILD = Path.of("yarn-client/target/raddle");

    static Distribution ofProcess() {
        Path directory = Optional.ofNullable(System.getProperty("raddle.distribution"))
                .map(Path::of)
                .or(Distribution::aroundOurJar)
                .orElse(OF_A_BUILD);
        return new Distribution(directory, Path.of(System.getProperty("raddle.scripts", "scripts")));
    }

    /** Our jars lie in the directory lib of a distribution; empty where classes are no jar at all. */
    private static Optional<Path> aroundOurJar() {
        return Optional.ofNullable(Distribution.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(location -> {
                    try {
                        return Path.of(location.toURI());
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException("a class path has only valid locations", e);
                    }
                })
                .filter(jar -> jar.toString().endsWith(".jar"))
                .map(jar -> jar.toAbsolutePath().resolve("../..").normalize());
    }

    Engine engine() {
        return Engine.in(directory);
    }

    /** The same for a program that may have no more than the one jar, in which the engine lies: it is put below {@code work}. */
    Engine engine(Path work) throws IOException {
        for (String file : List.of("engine.tar", "engine.sha256")) {
            try (InputStream packed = Distribution.class.getResourceAsStream("/META-INF/raddle/" + file)) {
                if (packed == null) {
                    return engine();
                }
                Files.copy(packed, work.resolve(file));
            }
        }
        return Engine.in(work);
    }
}
