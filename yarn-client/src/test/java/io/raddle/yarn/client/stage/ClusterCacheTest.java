package io.raddle.yarn.client.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.proto.Resource;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCacheTest {
    @TempDir
    Path directory;

    private final Uploads uploads = new Uploads();
    private Path local = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void makeFiles() throws IOException {
        local = Files.writeString(directory.resolve("engine.tar"), "the engine");
        home = Files.createDirectory(directory.resolve("home"));
    }

    @Test
    void uploadsOnceAndFindsTheFileLater() throws IOException {
        Resource first = publish(home.resolve("cache"), Set.of());
        Resource second = publish(home.resolve("cache"), Set.of());

        assertThat(second).isEqualTo(first);
        assertThat(first.getSizeBytes()).isEqualTo(Files.size(local));
        assertThat(names(home.resolve("cache")))
                .containsExactly(Sha256.of(local).hex() + ".tar");
        assertThat(uploads).hasToString("Uploaded 0 B (application) and 10 B (engine, once for this version).");
    }

    @Test
    void twoFirstSubmitsAtOnceMakeOneWholeFile() throws Exception {
        Callable<Resource> submit = () -> publish(home.resolve("cache"), Set.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Resource>> published = threads.invokeAll(List.of(submit, submit, submit, submit));
            Resource first = published.get(0).get();
            for (Future<Resource> other : published) {
                assertThat(other.get().getUri()).isEqualTo(first.getUri());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names(home.resolve("cache")))
                .containsExactly(Sha256.of(local).hex() + ".tar");
        assertThat(home.resolve("cache").resolve(Sha256.of(local).hex() + ".tar"))
                .hasContent("the engine");
    }

    @Test
    void replacesAFileThatIsShorterThanItShouldBe() throws IOException {
        Path cache = Files.createDirectory(home.resolve("cache"));
        Files.writeString(cache.resolve(Sha256.of(local).hex() + ".tar"), "the");

        publish(cache, Set.of());

        assertThat(cache.resolve(Sha256.of(local).hex() + ".tar")).hasContent("the engine");
    }

    @Test
    void believesNoFileBeforeItSawItsHash() throws IOException {
        Path cache = Files.createDirectory(home.resolve("cache"));
        Files.writeString(cache.resolve(Sha256.of(local).hex() + ".tar"), "the EVIL!!");

        assertThatThrownBy(() -> publish(cache, Set.of())).hasMessageContaining("is not what its name says");
    }

    @Test
    void refusesADirectoryThatOthersCanWrite() throws IOException {
        Path cache = Files.createDirectory(home.resolve("cache"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> publish(cache, Set.of())).hasMessageContaining("not safe to run code from");
    }

    @Test
    void refusesTheFilesOfAnotherUserUnlessConfigurationTrustsHim() throws IOException {
        Path cache = home.resolve("cache");
        publish(cache, Set.of());
        String owner = System.getProperty("user.name");

        assertThatThrownBy(() -> publishAs("somebody", cache, Set.of())).hasMessageContaining("belongs to " + owner);
        assertThat(publishAs("somebody", cache, Set.of(owner)).getUri()).endsWith(".tar");
    }

    @Test
    void isPublicOnlyWhenAllAboveAreTraversable() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path cache = home.resolve("cache");
        boolean open = publish(cache, Set.of()).getPublicVisibility();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));

        assertThat(publish(cache, Set.of()).getPublicVisibility()).isFalse();
        assertThat(open).isEqualTo(traversable(directory));
    }

    private static boolean traversable(Path path) throws IOException {
        for (Path above = path; above != null; above = above.getParent()) {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(above))
                    .endsWith("x")) {
                return false;
            }
        }
        return true;
    }

    private Resource publish(Path cache, Set<String> trusted) throws IOException {
        return publishAs(System.getProperty("user.name"), cache, trusted);
    }

    private Resource publishAs(String user, Path cache, Set<String> trusted) throws IOException {
        Configuration configuration = new Configuration();
        FileSystem files = ((LocalFileSystem) FileSystem.getLocal(configuration)).getRaw();
        return new ClusterCache(
                        files,
                        new org.apache.hadoop.fs.Path(cache.toUri()),
                        new org.apache.hadoop.fs.Path(home.toUri()),
                        user,
                        trusted,
                        uploads)
                .publish(local, Sha256.of(local), ".tar", Resource.Type.ARCHIVE, "engine");
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
