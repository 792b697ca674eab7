package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.yarn.client.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command that does not obey does to us; the one that does is tested with real daemons. */
class EmbeddedClusterTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console =
            new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), Set.of());
    private Path work = Path.of("");

    @BeforeEach
    void makeWork() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
    }

    @Test
    void speaksOfAClusterThatDoesNotStopAndGoesOn() throws IOException {
        Distribution distribution = obeying("[ $1 = start ] && echo /the/conf || { echo stuck >&2; exit 1; }");

        try (EmbeddedCluster cluster = EmbeddedCluster.start(distribution, work, console)) {
            assertThat(cluster.environment()).containsEntry("HADOOP_CONF_DIR", "/the/conf");
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("The embedded cluster did not obey stop:\nstuck", "by hand to see more.");
    }

    @Test
    void stopsWhatRunsAlreadyOfAClusterThatDoesNotStart() throws IOException {
        Distribution distribution = obeying("echo $1 >>" + directory.resolve("called") + "; [ $1 = stop ]");

        assertThatThrownBy(() -> EmbeddedCluster.start(distribution, work, console))
                .hasMessageStartingWith("The embedded cluster did not obey start");

        assertThat(directory.resolve("called")).hasContent("start\nstop\n");
    }

    private Distribution obeying(String commands) throws IOException {
        Path script = Files.createFile(
                directory.resolve("local-cluster"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
        return new Distribution(directory, directory);
    }
}
