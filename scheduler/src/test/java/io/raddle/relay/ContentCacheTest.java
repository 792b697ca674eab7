package io.raddle.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    private static final String MISSING = "(missing)";

    @TempDir
    Path directory;

    private final List<Sha256> wanted = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private ContentCache cache;

    @BeforeEach
    void open() {
        cache = new ContentCache(directory, 10, wanted::add);
    }

    @Test
    void asksOnceHoweverManyWait() throws Exception {
        cache.find(identity("abcdef"), 0, receiver());
        cache.find(identity("abcdef"), 4, receiver());

        bring("abcdef", "abcdef");

        assertThat(wanted).containsExactly(identity("abcdef"));
        assertThat(received).containsExactly("abcdef", "ef");
        cache.find(identity("abcdef"), 0, receiver());
        assertThat(wanted).hasSize(1);
        assertThat(received).hasSize(3);
    }

    @Test
    void asksAgainForWhatIsWaitedForWhenTheDriverIsBack() throws Exception {
        cache.find(identity("a"), 0, receiver());
        cache.find(identity("b"), 0, receiver());
        bring("a", "a");

        cache.askAgain();

        assertThat(wanted).containsExactly(identity("a"), identity("b"), identity("b"));
    }

    @Test
    void tellsThoseWhoWaitThatThereIsNoSuchContent() {
        cache.find(identity("a"), 0, receiver());

        cache.missing(identity("a"));

        assertThat(received).containsExactly(MISSING);
    }

    @Test
    void dropsWhatWasAskedForLongestAgoWhenItIsFull() throws Exception {
        for (String content : List.of("11111", "22222")) {
            cache.find(identity(content), 0, receiver());
            bring(content, content);
        }
        cache.find(identity("11111"), 0, receiver());
        cache.find(identity("33333"), 0, receiver());
        bring("33333", "33333");
        wanted.clear();

        cache.find(identity("11111"), 0, receiver());
        cache.find(identity("22222"), 0, receiver());

        assertThat(wanted).containsExactly(identity("22222"));
        assertThat(files())
                .containsExactlyInAnyOrder(
                        identity("11111").hex(), identity("33333").hex());
    }

    @Test
    void refusesWhatIsNotWhatItWasSaidToBe() throws Exception {
        cache.find(identity("true"), 0, receiver());

        assertThatThrownBy(() -> bring("true", "false"))
                .hasMessageContaining(identity("false").hex());

        assertThat(received).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfWhatWasForgottenOrAbandoned() throws Exception {
        cache.find(identity("a"), 0, receiver());
        bring("a", "a");
        cache.forget(identity("a"));
        cache.receive(identity("b")).abandon();

        assertThat(files()).isEmpty();
    }

    private void bring(String named, String content) throws IOException {
        ContentCache.Incoming incoming = cache.receive(identity(named));
        incoming.write(ByteString.copyFromUtf8(content.substring(0, 1)));
        incoming.write(ByteString.copyFromUtf8(content.substring(1)));
        incoming.complete();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Consumer<Optional<InputStream>> receiver() {
        return found -> received.add(found.map(ContentCacheTest::text).orElse(MISSING));
    }

    private static String text(InputStream content) {
        try (content) {
            return ByteString.readFrom(content).toStringUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sha256 identity(String content) {
        return Sha256.of(ByteString.copyFromUtf8(content).toByteArray());
    }
}
