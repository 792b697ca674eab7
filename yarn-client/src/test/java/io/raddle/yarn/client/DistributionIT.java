package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.wire.Sha256;
import io.raddle.yarn.client.stage.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped: pinned here, so that nothing comes along unnoticed. */
@BusyCores
class DistributionIT {
    private static final Path DISTRIBUTION = RealCluster.project().resolve("yarn-client/target/raddle");
    private static final long MOST_ENGINE_BYTES = 62L << 20;

    @Test
    void hasFewJarsOfFixedTime() throws IOException {
        try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
            List<Path> all = jars.sorted().toList();
            assertThat(all)
                    .extracting(jar -> jar.getFileName().toString())
                    .containsExactly("raddle-client.jar", "raddle-engine.jar", "raddle-libraries.jar");
            for (Path jar : all) {
                assertThat(Files.getLastModifiedTime(jar).toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            }
        }
    }

    @Test
    void shipsAnEngineOfKnownContentAndBoundedSize() throws Exception {
        Engine engine = Engine.in(DISTRIBUTION);

        assertThat(Sha256.of(engine.archive())).isEqualTo(engine.identity());
        assertThat(Files.size(engine.archive())).isLessThan(MOST_ENGINE_BYTES);
        Process tar = new ProcessBuilder("tar", "-tf", engine.archive().toString()).start();
        List<String> entries = tar.inputReader().lines().toList();
        assertThat(entries.stream().map(entry -> Engine.LINK + "/" + entry).toList())
                .containsExactly(Engine.CLASS_PATH.split(":"));
    }

    @Test
    void bundlesTheseLibrariesAndNoOthers() throws IOException {
        String classPath = Files.readString(RealCluster.project().resolve("yarn-client/target/runtime-jars.txt"));
        List<String> pinned =
                Files.readAllLines(RealCluster.project().resolve("yarn-client/src/test/resources/runtime-jars.txt"));

        assertThat(Stream.of(classPath.split(":"))
                        .map(jar -> Path.of(jar).getFileName().toString())
                        .sorted())
                .containsExactlyElementsOf(pinned);
    }
}
