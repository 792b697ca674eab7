package io.raddle.shuffle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.id.ShuffleId;
import io.raddle.memory.TaskMemory;
import io.raddle.wire.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server and client over the loopback interface, and all that may go wrong between them. */
final class ShuffleHttpTest {
    @TempDir
    private Path root;

    private Shuffling shuffling;
    private ShuffleServer server;

    @BeforeEach
    void startServer() {
        shuffling = new Shuffling(root, 64 << 20);
        server = ShuffleServer.start(shuffling.directories, Shuffling.SECRET, Shuffling.JOB, PortRange.ANY);
        shuffling.servedAt(server.port());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void listensOnTheFirstFreePortOfTheRange() {
        int taken = server.port();
        PortRange range = new PortRange(taken, Math.min(taken + 50, 65535));

        try (ShuffleServer next = ShuffleServer.start(shuffling.directories, Shuffling.SECRET, Shuffling.JOB, range)) {
            assertThat(next.port()).isBetween(range.first() + 1, range.last());
        }
    }

    @Test
    void saysThatNoPortOfTheRangeIsFree() {
        PortRange range = new PortRange(server.port(), server.port());

        assertThatThrownBy(() -> ShuffleServer.start(shuffling.directories, Shuffling.SECRET, Shuffling.JOB, range))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith("No port from " + range.first() + " to " + range.last() + " is free.")
                .hasMessageContaining("raddle.port.range");
    }

    private List<Object> write(int maps, int records, int partitions) {
        List<Object> all = new ArrayList<>();
        for (int map = 0; map < maps; map++) {
            List<?> pairs = new RandomRecords(map).mixed(records);
            shuffling.write(Placement.byKey(new HashPartitioner(partitions)), pairs);
            all.addAll(pairs);
        }
        return all;
    }

    private ShuffleClient remoteClient(long maxBytesInFlight) {
        return remoteClient(maxBytesInFlight, Duration.ofSeconds(30));
    }

    private ShuffleClient remoteClient(long maxBytesInFlight, Duration inactivity) {
        return new ShuffleClient(
                Shuffling.elsewhere(root), Shuffling.SECRET, Shuffling.JOB, maxBytesInFlight, inactivity);
    }

    private List<Object> readRemotely(ShuffleClient client, int partitions) throws Exception {
        List<Object> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            try (TaskMemory memory = shuffling.budget.openTask()) {
                Iterator<?> records = new ShuffleReader(
                                Shuffling.elsewhere(root), Optional.of(client), shuffling.format, memory)
                        .read(shuffling.index(), partition, new Combine.None());
                records.forEachRemaining(all::add);
            }
        }
        return all;
    }

    private Cause.FetchFailed failureOfRemoteRead() {
        return failureOfRemoteRead(remoteClient(1 << 20));
    }

    private Cause.FetchFailed failureOfRemoteRead(ShuffleClient through) {
        try (ShuffleClient client = through) {
            RaddleException failure = catchThrowableOfType(RaddleException.class, () -> readRemotely(client, 1));
            assertThat(client.bytesInFlight()).isZero();
            return (Cause.FetchFailed) failure.fault();
        }
    }

    @Test
    void bringsEveryRecordOverTheNetwork() throws Exception {
        List<Object> all = write(150, 40, 3);
        try (ShuffleClient client = remoteClient(256 << 10)) {
            assertThat(readRemotely(client, 3)).containsExactlyInAnyOrderElementsOf(all);
            assertThat(client.bytesInFlight()).isZero();
        }
    }

    @Test
    void bringsBlocksLargerThanMemoryThroughAFile() throws Exception {
        byte[] noise = new byte[40_000];
        List<Pair<Object, Object>> pairs = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            random.nextBytes(noise);
            pairs.add(new Pair<>(i, new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1)));
        }
        assertThat(shuffling
                        .write(Placement.byKey(new HashPartitioner(1)), pairs)
                        .bytes())
                .isGreaterThan(8 << 20);
        try (ShuffleClient client = remoteClient(1 << 20)) {
            assertThat(readRemotely(client, 1)).isEqualTo(pairs);
        }
    }

    @Test
    void refusesRequestsSignedWithAnotherSecret() {
        write(2, 10, 1);
        Cause.FetchFailed failure;
        ShuffleSecret wrong = new ShuffleSecret("wrong".getBytes(UTF_8));
        try (ShuffleClient client =
                new ShuffleClient(Shuffling.elsewhere(root), wrong, Shuffling.JOB, 1 << 20, Duration.ofSeconds(30))) {
            failure = (Cause.FetchFailed) catchThrowableOfType(RaddleException.class, () -> readRemotely(client, 1))
                    .fault();
        }
        assertThat(failure.detail()).contains("401");
        assertThat(failure.maps()).containsExactly(0, 1);
    }

    @Test
    void answersAsHadoopsHandlerDoes() throws Exception {
        write(1, 10, 4);
        String mapId = MapId.of(Shuffling.PREFIX, new ShuffleId(7), 0, 0);
        String uri = "/mapOutput?job=" + Shuffling.JOB + "&reduce=1-2&map=" + mapId;
        String hash = Shuffling.SECRET.urlHash(server.port(), uri);
        HttpResponse<byte[]> answer = get(uri, hash);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ReplyHash")).hasValue(Shuffling.SECRET.replyHash(hash));
        io.netty.buffer.ByteBuf body = io.netty.buffer.Unpooled.wrappedBuffer(answer.body());
        for (int reduce = 1; reduce <= 2; reduce++) {
            BlockHeader header = Objects.requireNonNull(BlockHeader.read(body));
            assertThat(header.mapId()).isEqualTo(mapId);
            assertThat(header.reduce()).isEqualTo(reduce);
            body.skipBytes((int) header.length());
        }
        assertThat(body.isReadable()).isFalse();
        assertThat(get(uri, "").statusCode()).isEqualTo(401);
        assertThat(get(uri, Shuffling.SECRET.urlHash(server.port(), uri + "x")).statusCode())
                .isEqualTo(401);
        String missing = uri.replace(mapId, "m0");
        HttpResponse<byte[]> gone = get(missing, Shuffling.SECRET.urlHash(server.port(), missing));
        assertThat(gone.statusCode()).isEqualTo(500);
        assertThat(new String(gone.body(), UTF_8)).contains("Could not find output/m0/file.out.index");
        String outside = uri.replace(mapId, "../x");
        assertThat(get(outside, Shuffling.SECRET.urlHash(server.port(), outside))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<byte[]> get(String uri, String hash) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + uri))
                .version(HttpClient.Version.HTTP_1_1)
                .header("name", "mapreduce")
                .header("version", "1.0.0")
                .header("UrlHash", hash)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void namesTheMapWhoseOutputIsGone() {
        write(5, 10, 1);
        new ShuffleFiles(shuffling.directories).dropOutput(MapId.of(Shuffling.PREFIX, new ShuffleId(7), 3, 0));
        Cause.FetchFailed failure = failureOfRemoteRead();
        assertThat(failure.maps()).containsExactly(3);
        assertThat(failure.shuffle()).isEqualTo(7);
        assertThat(failure.shuffleEpoch()).isEqualTo(3);
        assertThat(failure.node()).isEqualTo(Shuffling.NODE.toString());
    }

    @Test
    void namesAllMapsOfAServerThatIsGone() {
        write(5, 10, 1);
        server.close();
        Cause.FetchFailed failure = failureOfRemoteRead();
        assertThat(failure.maps()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    private List<Object> writeServedBy(MangledServer mangled) {
        shuffling.servedAt(mangled.port());
        return write(3, 300, 1);
    }

    @Test
    void asksAgainWhenResponsesBreakOff() throws Exception {
        for (int cut : new int[] {0, 10, 1500}) {
            try (MangledServer mangled = new MangledServer(
                    shuffling.directories, (response, body) -> response > 2 ? body : Arrays.copyOf(body, cut))) {
                List<Object> all = writeServedBy(mangled);
                try (ShuffleClient client = remoteClient(1 << 20)) {
                    assertThat(readRemotely(client, 1)).containsExactlyInAnyOrderElementsOf(all);
                }
                assertThat(mangled.responses()).isEqualTo(3);
            }
            shuffling = new Shuffling(root.resolve("cut" + cut), 64 << 20);
        }
    }

    @Test
    void outlastsAShortTroubleThatMoreRequestsMeetThanThereAreTries() throws Exception {
        int together = 7;
        try (MangledServer mangled = new MangledServer(
                shuffling.directories, (response, body) -> response > together ? body : new byte[0])) {
            shuffling.servedAt(mangled.port());
            List<Object> all = write(together * 64, 2, 1);
            try (ShuffleClient client = remoteClient(64 << 20)) {
                assertThat(readRemotely(client, 1)).containsExactlyInAnyOrderElementsOf(all);
            }
            assertThat(mangled.responses()).isGreaterThanOrEqualTo(2 * together);
        }
    }

    @Test
    void asksOnceMoreForABlockThatCameBroken() throws Exception {
        try (MangledServer mangled = new MangledServer(
                shuffling.directories, (response, body) -> response > 1 ? body : flip(body, body.length - 5))) {
            List<Object> all = writeServedBy(mangled);
            try (ShuffleClient client = remoteClient(1 << 20)) {
                assertThat(readRemotely(client, 1)).containsExactlyInAnyOrderElementsOf(all);
            }
            assertThat(mangled.responses()).isEqualTo(2);
        }
    }

    @Test
    void losesTheMapWhoseBlockAlwaysComesBroken() throws Exception {
        try (MangledServer mangled =
                new MangledServer(shuffling.directories, (response, body) -> flip(body, body.length - 5))) {
            writeServedBy(mangled);
            Cause.FetchFailed failure = failureOfRemoteRead();
            assertThat(failure.maps()).containsExactly(2);
            assertThat(failure.detail()).contains("checksum");
        }
    }

    /** Hadoop before 3.4 puts the text of an error where a block should be. */
    @Test
    void takesNoErrorTextForABlock() throws Exception {
        byte[] text = "HTTP/1.1 500 Internal Server Error\r\n\r\nsomething".getBytes(UTF_8);
        try (MangledServer mangled = new MangledServer(
                shuffling.directories,
                (response, body) -> response == 1
                        ? Arrays.copyOf(text, body.length)
                        : response == 2 ? behindHeader(body, text) : body)) {
            List<Object> all = writeServedBy(mangled);
            try (ShuffleClient client = remoteClient(1 << 20)) {
                assertThat(readRemotely(client, 1)).containsExactlyInAnyOrderElementsOf(all);
            }
            assertThat(mangled.responses()).isBetween(3, 5);
        }
    }

    private static byte[] behindHeader(byte[] body, byte[] text) {
        byte[] spoiled = body.clone();
        System.arraycopy(text, 0, spoiled, 60, text.length);
        return spoiled;
    }

    private static byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 0x10;
        return flipped;
    }

    @Test
    void waitsAsLongAsABusyServerSays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "20");
            exchange.sendResponseHeaders(asked.incrementAndGet() < 10 ? 429 : 401, -1);
            exchange.close();
        });
        busy.start();
        try {
            shuffling.servedAt(busy.getAddress().getPort());
            write(1, 10, 1);
            assertThat(failureOfRemoteRead().detail()).contains("401");
            assertThat(asked).hasValue(10);
        } finally {
            busy.stop(0);
        }
    }

    @Test
    void givesUpAServerThatSaysNothing() throws Exception {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            shuffling.servedAt(mute.getLocalPort());
            write(1, 10, 1);
            assertThat(failureOfRemoteRead(remoteClient(1 << 20, Duration.ofMillis(700)))
                            .detail())
                    .contains("nothing came for 700 ms");
        }
    }

    @Test
    void asksForNoMoreThanTheBoundHoweverSlowTheReaderIs() throws Exception {
        byte[] noise = new byte[100_000];
        Random random = new Random(1);
        for (int map = 0; map < 60; map++) {
            random.nextBytes(noise);
            shuffling.write(Placement.byKey(new HashPartitioner(1)), List.of(new Pair<>(map, noise.clone())));
        }
        long bound = 17 << 20;
        try (ShuffleClient client = remoteClient(bound);
                TaskMemory memory = shuffling.budget.openTask()) {
            List<Iterator<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 5; reader++) {
                Iterator<?> records = new ShuffleReader(
                                Shuffling.elsewhere(root), Optional.of(client), shuffling.format, memory)
                        .read(shuffling.index(), 0, new Combine.None());
                records.next();
                readers.add(records);
            }
            assertThat(client.bytesInFlight()).isLessThan(bound + 4 * (7 << 20));
            for (Iterator<?> records : readers) {
                int count = 1;
                while (records.hasNext()) {
                    records.next();
                    count++;
                }
                assertThat(count).isEqualTo(60);
            }
            await().untilAsserted(() -> assertThat(client.bytesInFlight()).isZero());
        }
    }

    @Test
    void readsFilesOfItsOwnNodeWithoutAskingAnyone() throws Exception {
        List<Object> all = write(3, 50, 1);
        server.close();
        try (ShuffleClient client = remoteClient(1 << 20);
                TaskMemory memory = shuffling.budget.openTask()) {
            List<Object> read = new ArrayList<>();
            new ShuffleReader(shuffling.directories, Optional.of(client), shuffling.format, memory)
                    .read(shuffling.index(), 0, new Combine.None())
                    .forEachRemaining(read::add);
            assertThat(read).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void saysAtOnceThatOutputsOfExecutorsThatAreGoneAreLost() {
        shuffling.servedAt(0);
        write(2, 10, 1);
        assertThatThrownBy(() -> readRemotely(remoteClient(1 << 20), 1))
                .isInstanceOfSatisfying(
                        RaddleException.class,
                        failure -> assertThat(((Cause.FetchFailed) failure.fault()).maps())
                                .containsExactly(0, 1));
    }
}
