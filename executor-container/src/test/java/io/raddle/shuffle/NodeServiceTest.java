package io.raddle.shuffle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.id.ShuffleId;
import io.raddle.memory.TaskMemory;
import io.raddle.wire.PortRange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor does not give is asked of the shuffle service of its node. */
final class NodeServiceTest {
    private static final Duration INACTIVITY = Duration.ofSeconds(12);

    @TempDir
    private Path root;

    private Shuffling shuffling;
    private ShuffleServer service;
    private ShuffleClient client;

    @BeforeEach
    void start() {
        shuffling = new Shuffling(root, 64 << 20);
        service = ShuffleServer.start(shuffling.directories, Shuffling.SECRET, Shuffling.JOB, PortRange.ANY);
        shuffling.outlivedAt(service.port());
        client = new ShuffleClient(Shuffling.elsewhere(root), Shuffling.SECRET, Shuffling.JOB, 1 << 20, INACTIVITY);
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void givesWhatAnExecutorWroteThatIsGone() throws Exception {
        shuffling.servedAt(portOfNobody());
        List<Object> all = write(150);

        assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void givesWhatAnExecutorWroteOfWhichTheDriverKnowsThatItIsGone() throws Exception {
        List<Object> all = write(5);

        assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void givesTheBlocksThatTheExecutorSpoils() throws Exception {
        try (MangledServer executor = new MangledServer(shuffling.directories, (response, body) -> {
            byte[] spoiled = body.clone();
            spoiled[body.length - 5] ^= 1;
            return spoiled;
        })) {
            shuffling.servedAt(executor.port());
            List<Object> all = write(3);

            assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(client.bytesInFlight()).isZero();
        }
    }

    @Test
    void isAskedAtOnceAfterOneTaskWaitedInVain() throws Exception {
        try (MangledServer executor = new MangledServer(shuffling.directories, (response, body) -> new byte[0])) {
            shuffling.servedAt(executor.port());
            List<Object> all = write(3);

            assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(executor.responses()).isEqualTo(1);
        }
    }

    @Test
    void isAskedSoonWhenTheExecutorIsFrozen() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            shuffling.servedAt(frozen.getLocalPort());
            List<Object> all = write(3);
            long began = System.nanoTime();

            assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(INACTIVITY);
        }
    }

    @Test
    void losesOnlyWhatItDoesNotHaveEither() {
        shuffling.servedAt(portOfNobody());
        write(5);
        new ShuffleFiles(shuffling.directories).dropOutput(mapId(3));

        assertThat(failure().maps()).containsExactly(3);
    }

    @Test
    void losesAllWhenItDoesNotKnowTheApplicationAnyMore() {
        shuffling.servedAt(portOfNobody());
        service.close();
        service = ShuffleServer.start(shuffling.directories, Shuffling.SECRET, "job_1_2", PortRange.ANY);
        shuffling.outlivedAt(service.port());
        write(5);

        Cause.FetchFailed failure = failure();
        assertThat(failure.maps()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(failure.detail()).contains("Can't find job token");
    }

    /** Hadoop before 3.4 says that a file is missing in the midst of a response that began well. */
    @Test
    void losesTheOneOutputOfWhichAnOlderServiceSaysAmongTheBlocksThatItIsMissing() {
        byte[] text = "HTTP/1.1 500 Internal Server Error\r\n\r\nsomething".getBytes(UTF_8);
        try (MangledServer older = new MangledServer(
                shuffling.directories,
                (response, body) ->
                        new String(body, ISO_8859_1).contains(mapId(1)) ? Arrays.copyOf(text, body.length) : body)) {
            shuffling.outlivedAt(older.port());
            write(4);

            assertThat(failure().maps()).containsExactly(1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void isOfUseWhereItKnowsTheApplication() {
        assertThat(refusal(service.port(), Shuffling.SECRET, Shuffling.JOB)).isEmpty();
        assertThat(refusal(service.port(), Shuffling.SECRET, "job_1_2"))
                .hasValueSatisfying(why -> assertThat(why).contains("401"));
        assertThat(refusal(service.port(), new ShuffleSecret("another".getBytes(UTF_8)), Shuffling.JOB))
                .hasValueSatisfying(why -> assertThat(why).contains("401"));
        assertThat(refusal(portOfNobody(), Shuffling.SECRET, Shuffling.JOB)).isPresent();
    }

    private static Optional<String> refusal(int port, ShuffleSecret secret, String job) {
        return ServiceProbe.refusal("localhost", port, secret, job);
    }

    private static String mapId(int map) {
        return MapId.of(Shuffling.PREFIX, new ShuffleId(7), map, 0);
    }

    private static int portOfNobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Object> write(int maps) {
        List<Object> all = new ArrayList<>();
        for (int map = 0; map < maps; map++) {
            List<Pair<Object, Object>> pairs = new RandomRecords(map).mixed(40);
            shuffling.write(Placement.byKey(new HashPartitioner(1)), pairs);
            all.addAll(pairs);
        }
        return all;
    }

    private List<Object> read() throws Exception {
        List<Object> all = new ArrayList<>();
        try (TaskMemory memory = shuffling.budget.openTask()) {
            new ShuffleReader(Shuffling.elsewhere(root), Optional.of(client), shuffling.format, memory)
                    .read(shuffling.index(), 0, new Combine.None())
                    .forEachRemaining(all::add);
        }
        return all;
    }

    private Cause.FetchFailed failure() {
        RaddleException failure = catchThrowableOfType(RaddleException.class, this::read);
        assertThat(client.bytesInFlight()).isZero();
        return (Cause.FetchFailed) failure.fault();
    }
}
