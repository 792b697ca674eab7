package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.fault.Cause;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.proto.Artifact;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.Hello;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every link between a driver and its executors does, whoever carries the frames. */
abstract class LinkContract {
    static final ExecutorId EXECUTOR = new ExecutorId(7);

    @TempDir
    Path directory;

    final RecordedEvents events = new RecordedEvents();
    private Link link;

    /** A link, and executors that can attach to it. */
    abstract Link open(Path ownDirectory) throws Exception;

    abstract FakeExecutor executor(ExecutorId id, long incarnation);

    abstract void close();

    @BeforeEach
    void open() throws Exception {
        link = open(directory);
        link.listen(events);
    }

    @AfterEach
    void closeAll() {
        close();
    }

    @Test
    void tellsOfAnAttachmentAndItsFirstFrame() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach("snapshot");

            events.awaitFrames("snapshot");
            assertThat(events.attached()).extracting(Attachment::executor).containsExactly(EXECUTOR);
            assertThat(events.hellos()).extracting(Hello::getHost).containsExactly("localhost");
        }
    }

    @Test
    void bringsFramesOnlyAsFarAsCreditWasGranted() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach("0");
            for (int i = 1; i <= 20; i++) {
                executor.say(String.valueOf(i));
            }
            events.awaitFrames("0");

            link.grant(EXECUTOR, 2);
            events.awaitFrames("0", "1", "2");
            link.grant(EXECUTOR, 3);
            events.awaitFrames("0", "1", "2", "3", "4", "5");
        }
    }

    @Test
    void bringsFramesOfTheDriverInOrder() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach("hello");
            events.awaitFrames("hello");

            for (int i = 1; i <= 100; i++) {
                link.send(frame(EXECUTOR, i));
            }

            await().untilAsserted(() -> assertThat(executor.heard()).hasSize(100));
            assertThat(executor.heard()).extracting(DriverFrame::getSequence).isSorted();
        }
    }

    @Test
    void dropsFramesForExecutorsThatAreNotThere() {
        link.send(frame(new ExecutorId(99), 1));
        link.grant(new ExecutorId(99), 1);
        link.disconnect(new ExecutorId(99), "nobody");
    }

    @Test
    void tellsOfTheEndOfAStream() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach("hello");
            events.awaitFrames("hello");
        }

        await().untilAsserted(() ->
                assertThat(events.detached()).extracting(Attachment::executor).containsExactly(EXECUTOR));
    }

    @Test
    void endsAStreamWithASentence() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach("hello");
            events.awaitFrames("hello");

            link.disconnect(EXECUTOR, "begin again");

            await().untilAsserted(() -> assertThat(executor.end()).isPresent());
            assertThat(executor.end().orElseThrow().getDescription()).contains("begin again");
        }
    }

    @Test
    void takesTheLatestStreamOfAnExecutorAndEndsTheOneBefore() {
        try (FakeExecutor first = executor(EXECUTOR, 1);
                FakeExecutor second = executor(EXECUTOR, 1)) {
            first.attach("first");
            events.awaitFrames("first");
            second.attach("second");
            events.awaitFrames("first", "second");

            await().untilAsserted(() -> assertThat(first.end()).isPresent());
            link.send(frame(EXECUTOR, 5));
            await().untilAsserted(() -> assertThat(second.heard()).hasSize(1));
            assertThat(events.attached())
                    .extracting(Attachment::number)
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }

    @Test
    void refusesAnEarlierProcessOfAnExecutor() {
        try (FakeExecutor later = executor(EXECUTOR, 2);
                FakeExecutor earlier = executor(EXECUTOR, 1)) {
            later.attach("later");
            events.awaitFrames("later");
            earlier.attach("earlier");

            await().untilAsserted(() -> assertThat(earlier.end()).isPresent());
            assertThat(later.end()).isEmpty();
            events.awaitFrames("later");
        }
    }

    @Test
    void refusesAnotherVersionOfTheProtocol() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.attach(
                    "hello",
                    Hello.newBuilder()
                            .setProtocolVersion(99)
                            .setEngineVersion("0.0.1")
                            .build());

            await().untilAsserted(() -> assertThat(executor.end()).isPresent());
            assertThat(executor.end().orElseThrow().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(executor.end().orElseThrow().getDescription()).contains("0.0.1", "99", "one engine archive");
            assertThat(events.attached()).isEmpty();
        }
    }

    @Test
    void servesArtifactsOfEverySizeFromAnyOffset() {
        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            for (int size : new int[] {0, 1, 1000, 64 << 10, (64 << 10) + 1, 3_000_000}) {
                ByteString content = random(size);
                Artifact artifact = link.publish("content", content);

                assertThat(artifact.getSizeBytes()).isEqualTo(size);
                assertThat(executor.fetch(artifact, 0)).isEqualTo(content);
                assertThat(executor.fetch(artifact, size / 2)).isEqualTo(content.substring(size / 2));
            }
        }
    }

    @Test
    void servesFilesWithoutCopyingThem() throws Exception {
        Path jar = directory.resolve("application.jar");
        Files.write(jar, random(200_000).toByteArray());

        Artifact artifact = link.publish("application.jar", jar);

        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            assertThat(executor.fetch(artifact, 0).toByteArray()).isEqualTo(Files.readAllBytes(jar));
        }
        link.withdraw(artifact);
        assertThat(jar).exists();
    }

    @Test
    void keepsAContentUntilItWasWithdrawnAsOftenAsItWasPublished() {
        ByteString content = random(100_000);
        Artifact artifact = link.publish("one", content);
        assertThat(link.publish("two", content).getSha256()).isEqualTo(artifact.getSha256());

        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            link.withdraw(artifact);
            assertThat(executor.fetch(artifact, 0)).isEqualTo(content);
            link.withdraw(artifact);
            await().untilAsserted(() -> assertThatThrownBy(() -> executor.fetch(artifact, 0))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND)));
        }
    }

    @Test
    void handsAPushedResultOverOnce() {
        ByteString result = random(1_500_000);
        io.raddle.id.AttemptId attempt = new io.raddle.id.AttemptId(1, new io.raddle.id.StageId(2), 3, 4);

        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.push(AttemptIdCodec.encode(attempt), result);
        }

        assertThat(take(attempt)).contains(result);
        assertThat(take(attempt)).isEmpty();
    }

    @Test
    void dropsTheResultsOfAForgottenStageAlsoThoseThatComeLater() {
        io.raddle.id.AttemptId early = new io.raddle.id.AttemptId(1, new io.raddle.id.StageId(2), 3, 4);
        io.raddle.id.AttemptId late = new io.raddle.id.AttemptId(1, new io.raddle.id.StageId(2), 5, 6);
        io.raddle.id.AttemptId other = new io.raddle.id.AttemptId(1, new io.raddle.id.StageId(3), 3, 4);

        try (FakeExecutor executor = executor(EXECUTOR, 1)) {
            executor.push(AttemptIdCodec.encode(early), random(1000));
            executor.push(AttemptIdCodec.encode(other), random(1000));
            link.forgetResults(early.stage());
            executor.push(AttemptIdCodec.encode(late), random(1000));
        }

        await().untilAsserted(() -> assertThat(take(early)).isEmpty());
        assertThat(take(late)).isEmpty();
        assertThat(take(other)).contains(random(1000));
    }

    private Optional<ByteString> take(io.raddle.id.AttemptId attempt) {
        CompletableFuture<Optional<Cause>> brought = new CompletableFuture<>();
        link.bringResult(attempt, brought::complete);
        brought.join();
        return link.takeResult(attempt);
    }

    private static DriverFrame frame(ExecutorId executor, long sequence) {
        return DriverFrame.newBuilder()
                .setExecutor(executor.number())
                .setSequence(sequence)
                .build();
    }

    private static ByteString random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
