package io.raddle.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.raddle.id.BlockId;
import io.raddle.transfer.BlockUnavailableException.Kind;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BlockTransferTest {
    private static final BlockId CACHED = new BlockId.CachedPartition(1, 7, 3);
    private static final BlockId PIECE = new BlockId.BroadcastPiece(1, 7, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Secret secret = Secret.random();
    private final Map<BlockId, BlockSource> blocks = new ConcurrentHashMap<>();
    private final BlockProvider provider = id -> Optional.ofNullable(blocks.get(id));
    private final BlockServer server = BlockServer.listen("localhost", PortRange.ANY, secret, provider);
    private final BlockClient client = new BlockClient(secret, PATIENCE);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] fetch(PeerAddress peer, BlockId id) throws IOException {
        try (BlockStream stream = client.fetch(peer, id)) {
            return stream.readWhole();
        }
    }

    private Kind failureOf(PeerAddress peer, BlockId id) {
        return catchThrowableOfType(BlockUnavailableException.class, () -> fetch(peer, id))
                .kind();
    }

    @Test
    void aBlockComesWholeWhateverItsLengthAndWhereverItIsKept(@TempDir Path directory) throws IOException {
        for (int length : new int[] {0, 1, 262_144, 3_000_001}) {
            byte[] bytes = random(length);
            Path file = Files.write(directory.resolve("block-" + length), bytes);
            blocks.put(CACHED, BlockSource.of(bytes));
            blocks.put(PIECE, BlockSource.of(file, length, BlockSource.crc32c(bytes)));

            assertThat(fetch(server.address(), CACHED)).isEqualTo(bytes);
            assertThat(fetch(server.address(), PIECE)).isEqualTo(bytes);
        }
    }

    @Test
    void executorsOfOneProcessServeEachOtherWithoutAPort() throws IOException {
        blocks.put(CACHED, BlockSource.of(random(1_000_000)));
        try (BlockServer here = BlockServer.inProcess(secret, provider)) {
            assertThat(here.address().port()).isZero();
            assertThat(fetch(here.address(), CACHED)).isEqualTo(random(1_000_000));
        }
    }

    @Test
    void fetchesShareOneConnection() throws IOException {
        blocks.put(CACHED, BlockSource.of(random(1000)));
        for (int i = 0; i < 10; i++) {
            fetch(server.address(), CACHED);
        }
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void keepsFewConnectionsThatNobodyReadsOver() throws IOException {
        blocks.put(CACHED, BlockSource.of(random(1000)));
        for (int i = 0; i < BlockClient.MAX_IDLE + 5; i++) {
            try (BlockServer here = BlockServer.inProcess(secret, provider)) {
                fetch(here.address(), CACHED);
            }
        }
        assertThat(client.connections()).isLessThanOrEqualTo(BlockClient.MAX_IDLE);
    }

    @Test
    void aBlockThatIsNotThereIsMissingAndSoIsOneThatCannotBeRead() {
        blocks.put(PIECE, new BlockSource(5, 0, () -> {
            throw new IOException("the disk is gone");
        }));

        assertThat(failureOf(server.address(), CACHED)).isEqualTo(Kind.MISSING);
        assertThat(failureOf(server.address(), PIECE)).isEqualTo(Kind.MISSING);
    }

    @Test
    void aStrangerIsRefused() {
        blocks.put(CACHED, BlockSource.of(random(1000)));
        try (BlockClient stranger = new BlockClient(Secret.random(), PATIENCE)) {
            assertThat(catchThrowableOfType(
                                    BlockUnavailableException.class, () -> stranger.fetch(server.address(), CACHED))
                            .kind())
                    .isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void bytesThatAreNotWhatWasWrittenAreNoticedBeforeTheEnd() {
        byte[] bytes = random(1_000_000);
        int right = BlockSource.crc32c(bytes);
        blocks.put(CACHED, new BlockSource(bytes.length, right ^ 1, () -> new ByteArrayInputStream(bytes)));
        assertThat(failureOf(server.address(), CACHED)).isEqualTo(Kind.GARBLED);

        blocks.put(CACHED, new BlockSource(bytes.length + 1, right, () -> new ByteArrayInputStream(bytes)));
        assertThat(failureOf(server.address(), CACHED)).isEqualTo(Kind.GARBLED);

        blocks.put(CACHED, new BlockSource(bytes.length - 1, right, () -> new ByteArrayInputStream(bytes)));
        assertThat(failureOf(server.address(), CACHED)).isEqualTo(Kind.GARBLED);
    }

    @Test
    void aPeerThatDoesNotAnswerIsUnreachableAndItsConnectionForgotten() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(failureOf(new PeerAddress("localhost", port), CACHED)).isEqualTo(Kind.UNREACHABLE);
        assertThat(client.connections()).isZero();
    }

    @Test
    void aPeerThatSendsNothingForTooLongIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        blocks.put(CACHED, new BlockSource(5, 0, () -> new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                return -1;
            }
        }));
        try (BlockClient hasty = new BlockClient(secret, Duration.ofMillis(300))) {
            BlockUnavailableException failure = catchThrowableOfType(BlockUnavailableException.class, () -> {
                try (BlockStream stream = hasty.fetch(server.address(), CACHED)) {
                    stream.readWhole();
                }
            });
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aPeerThatEndsInMidBlockIsUnreachable() throws IOException {
        blocks.put(CACHED, endless(new AtomicLong()));
        BlockServer dying = BlockServer.listen("localhost", PortRange.ANY, secret, provider);
        try (BlockStream stream = client.fetch(dying.address(), CACHED)) {
            assertThat(stream.read()).isZero();
            dying.close();
            BlockUnavailableException failure = catchThrowableOfType(
                    BlockUnavailableException.class, () -> stream.transferTo(java.io.OutputStream.nullOutputStream()));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void aReaderThatStopsStopsTheServer() throws IOException {
        AtomicLong given = new AtomicLong();
        blocks.put(CACHED, endless(given));
        long before;
        try (BlockStream stream = client.fetch(server.address(), CACHED)) {
            for (int i = 0; i < 2_000_000; i++) {
                assertThat(stream.read()).isZero();
            }
            before = given.get();
        }
        assertThat(before).isBetween(2_000_000L, 16L << 20);
        await().untilAsserted(() -> assertThat(given.get()).isLessThan(32L << 20));
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldSoUntilOneIsLeft() throws IOException {
        blocks.put(CACHED, endless(new AtomicLong()));
        blocks.put(PIECE, BlockSource.of(random(10)));
        try (BlockServer small = BlockServer.inProcess(secret, provider, 1)) {
            try (BlockStream first = client.fetch(small.address(), CACHED)) {
                assertThat(first.read()).isZero();
                assertThat(failureOf(small.address(), PIECE)).isEqualTo(Kind.BUSY);
            }
            await().ignoreException(BlockUnavailableException.class)
                    .untilAsserted(
                            () -> assertThat(fetch(small.address(), PIECE)).hasSize(10));
        }
    }

    @Test
    void anInterruptEndsTheReading() throws IOException {
        blocks.put(CACHED, endless(new AtomicLong()));
        try (BlockStream stream = client.fetch(server.address(), CACHED)) {
            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(
                            InterruptedIOException.class,
                            () -> stream.transferTo(java.io.OutputStream.nullOutputStream())))
                    .hasMessageContaining(CACHED.toString());
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A terabyte of zeros that counts what is read of it. */
    private static BlockSource endless(AtomicLong given) {
        return new BlockSource(1L << 40, 0, () -> new InputStream() {
            @Override
            public int read() {
                given.incrementAndGet();
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                java.util.Arrays.fill(into, offset, offset + length, (byte) 0);
                given.addAndGet(length);
                return length;
            }
        });
    }
}
