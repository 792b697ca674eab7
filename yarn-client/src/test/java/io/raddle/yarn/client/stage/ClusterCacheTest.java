package io.raddle.yarn.client.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.proto.Resource;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    void leavesNoHalfFileOfASubmitThatIsGivenUp() throws Exception {
        Path cache = home.resolve("cache");
        Path pipe = directory.resolve("slow.tar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        ClusterCache owner = own(cache);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Resource> published = threads.submit(
                    () -> owner.publish(pipe, Sha256.of(local), ".tar", Resource.Type.ARCHIVE, "engine"));
            try (OutputStream slow = Files.newOutputStream(pipe)) {
                slow.write("the".getBytes(StandardCharsets.UTF_8));
                slow.flush();
                await().until(() -> Files.isDirectory(cache)
                        && names(cache).stream().anyMatch(name -> name.startsWith(".uploading-")));

                uploads.abandon();

                assertThat(cache).isEmptyDirectory();
            }
            assertThatThrownBy(published::get).isNotNull();
        } finally {
            threads.shutdownNow();
        }
        assertThat(cache).isEmptyDirectory();
        assertThatThrownBy(() -> publish(cache, Set.of())).hasMessageContaining("is not to run");
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
    void putsIntoTheSubmittersOwnCacheWhatATrustedOnesLacks() throws IOException {
        String owner = System.getProperty("user.name");
        Path shared = Files.createDirectory(directory.resolve("shared"));

        Resource first = publishAs("somebody", shared, Set.of(owner));
        Resource again = publishAs("somebody", shared, Set.of(owner));

        assertThat(first.getUri())
                .isEqualTo(home.resolve("cache/" + Sha256.of(local).hex() + ".tar")
                        .toUri()
                        .toString());
        assertThat(again).isEqualTo(first);
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void findsTheClassDataOfATrustedOwnersCacheAndMakesNewOnesInItsOwn() throws IOException {
        String owner = System.getProperty("user.name");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Engine engine = new Engine(local, Sha256.of(local));
        ClusterCache cache = cache("somebody", shared, Set.of(owner));
        String prefix = cache.classDataPrefix(engine, Optional.empty());
        assertThat(prefix).contains(home.resolve("cache").toString());
        assertThat(cache.classData(prefix)).isEmpty();

        Files.createDirectory(home.resolve("cache"));
        Path inOwn = archive(prefix, "17.0.1-vendor", "own", 0);
        assertThat(cache.classData(prefix).orElseThrow().getUri())
                .isEqualTo(inOwn.toUri().toString());

        String sharedPrefix = own(shared).classDataPrefix(engine, Optional.empty());
        Path inShared = archive(sharedPrefix, "17.0.1-vendor", "shared", 10);
        assertThat(cache.classData(prefix).orElseThrow().getUri())
                .isEqualTo(inShared.toUri().toString());
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

    @Test
    void takesTheNewestClassDataOfTheEngineAndTheJavaInQuestion() throws IOException {
        ClusterCache cache = own(Files.createDirectory(home.resolve("cache")));
        Engine engine = new Engine(local, Sha256.of(local));
        String nodes = cache.classDataPrefix(engine, Optional.empty());
        String shipped = cache.classDataPrefix(engine, Optional.of(Sha256.of(new byte[] {1})));
        archive(nodes, "17.0.1-vendor", "older", 20);
        Path newer = archive(nodes, "17.0.2-vendor", "newer", 10);
        Path ofShipped = archive(shipped, "21.0.1-vendor", "shipped", 0);
        Files.writeString(Path.of(URI.create(nodes + "17.0.3-vendor.jsa")), "without a digest");

        assertThat(cache.classData(nodes).orElseThrow().getUri())
                .isEqualTo(newer.toUri().toString());
        assertThat(cache.classData(shipped).orElseThrow().getUri())
                .isEqualTo(ofShipped.toUri().toString());
        assertThat(cache.classData(cache.classDataPrefix(engine, Optional.of(Sha256.of(new byte[] {2})))))
                .isEmpty();
    }

    @Test
    void believesNoClassDataBeforeItSawItsHash() throws IOException {
        ClusterCache cache = own(Files.createDirectory(home.resolve("cache")));
        String prefix = cache.classDataPrefix(new Engine(local, Sha256.of(local)), Optional.empty());
        Path archive = archive(prefix, "17.0.1-vendor", "as made", 10);
        assertThat(cache.classData(prefix)).isPresent();

        Files.writeString(archive, "as evil");

        assertThatThrownBy(() -> cache.classData(prefix)).hasMessageContaining("is not what its name says");
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
        return cache(user, cache, trusted).publish(local, Sha256.of(local), ".tar", Resource.Type.ARCHIVE, "engine");
    }

    private ClusterCache cache(String user, Path cache, Set<String> trusted) throws IOException {
        Configuration configuration = new Configuration();
        FileSystem files = ((LocalFileSystem) FileSystem.getLocal(configuration)).getRaw();
        return new ClusterCache(
                files,
                new org.apache.hadoop.fs.Path(cache.toUri()),
                new org.apache.hadoop.fs.Path(home.toUri()),
                user,
                trusted,
                uploads);
    }

    private ClusterCache own(Path cache) throws IOException {
        return cache(System.getProperty("user.name"), cache, Set.of());
    }

    /** A class-data archive as a master leaves it, made so many seconds ago. */
    private static Path archive(String prefix, String jvm, String content, int secondsAgo) throws IOException {
        String digest = Sha256.of(content.getBytes(StandardCharsets.UTF_8)).hex();
        Path archive = Path.of(URI.create(prefix + jvm + "-" + digest + ".jsa"));
        Files.writeString(archive, content);
        Files.setLastModifiedTime(
                archive, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").minusSeconds(secondsAgo)));
        return archive;
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
