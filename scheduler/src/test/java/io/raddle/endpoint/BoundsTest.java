package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.proto.Artifact;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint keeps has a limit, and what it forgets makes room. */
final class BoundsTest {
    private static final int LIMIT = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void keepsArtifactsOfTheConfiguredBytesAndNoMore() {
        ContentStore store = new ContentStore(directory, LIMIT);
        Artifact large = store.put("large", content(1, LIMIT - 10));
        store.put("the same", content(1, LIMIT - 10));
        store.put("small", content(2, 10));

        assertThatThrownBy(() -> store.put("one more", content(3, 1)))
                .hasMessageContaining("more than 1 MiB are in use")
                .hasMessageContaining("raise raddle.artifacts.max");

        store.release(large);
        assertThatThrownBy(() -> store.put("still one more", content(3, 1))).hasMessageContaining("in use");
        store.release(large);
        store.put("large again", content(3, LIMIT - 10));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void keepsPushedResultsOfTheConfiguredBytesAndNoMore() throws IOException {
        PushedResults results = new PushedResults(directory, LIMIT);
        push(results, attempt(1, 0), LIMIT / 2);
        push(results, attempt(2, 0), LIMIT / 2);

        PushedResults.Incoming refused = results.receive(attempt(3, 0));
        assertThatThrownBy(() -> refused.write(content(1, 1)))
                .hasMessageContaining("more than 1 MiB wait")
                .hasMessageContaining("raddle.artifacts.max");
        refused.abandon();

        assertThat(results.take(attempt(1, 0))).isPresent();
        push(results, attempt(3, 0), LIMIT / 2);
        results.forget(new StageId(2));
        push(results, attempt(4, 0), LIMIT / 2);
    }

    @Test
    void keepsOneResultOfAnAttemptThatPushesTwiceAndNoneOfAForgottenStage() throws IOException {
        PushedResults results = new PushedResults(directory, LIMIT);
        results.forget(new StageId(9));
        for (int times = 0; times < 5; times++) {
            push(results, attempt(1, 0), LIMIT / 2);
            push(results, attempt(9, times), LIMIT / 2);
        }

        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void dropsAResultThatNobodyTakesWithoutReadingIt() throws IOException {
        PushedResults results = new PushedResults(directory, LIMIT);
        push(results, attempt(1, 0), LIMIT);
        Path file = onlyFile();
        // More than any heap has room for, had anybody read it.
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }

        results.drop(attempt(1, 0));
        results.drop(attempt(1, 0));

        assertThat(directory).isEmptyDirectory();
        assertThat(results.take(attempt(1, 0))).isEmpty();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void push(PushedResults results, AttemptId attempt, int bytes) throws IOException {
        PushedResults.Incoming incoming = results.receive(attempt);
        incoming.write(content(attempt.partition(), bytes));
        incoming.complete();
    }

    private static AttemptId attempt(int stage, int partition) {
        return new AttemptId(1, new StageId(stage), partition, 1);
    }

    private static ByteString content(int of, int bytes) {
        byte[] content = new byte[bytes];
        content[0] = (byte) of;
        return ByteString.copyFrom(content);
    }
}
