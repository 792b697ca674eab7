package io.raddle.yarn.client;

import io.raddle.yarn.client.stage.Engine;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
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
}
