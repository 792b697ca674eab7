package io.raddle.yarn.launch;

import java.nio.file.Path;
import java.util.Optional;

/** Where a container's own output stands on its node; YARN gathers it from there. */
public final class ContainerLogs {
    /** Name of the system property that our command lines set. */
    static final String DIRECTORY_PROPERTY = "raddle.container.log.dir";

    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    private ContainerLogs() {}

    /** The standard output of this process, when YARN started it. */
    public static Optional<Path> standardOutput() {
        return file(STDOUT);
    }

    /** The standard error of this process, when YARN started it. */
    public static Optional<Path> standardError() {
        return file(STDERR);
    }

    private static Optional<Path> file(String name) {
        return Optional.ofNullable(System.getProperty(DIRECTORY_PROPERTY)).map(directory -> Path.of(directory, name));
    }
}
