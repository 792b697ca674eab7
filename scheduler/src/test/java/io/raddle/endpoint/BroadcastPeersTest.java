package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.broadcast.BroadcastName;
import io.raddle.broadcast.BroadcastOrigin;
import io.raddle.broadcast.Broadcasts;
import io.raddle.broadcast.PieceCodec;
import io.raddle.fault.RaddleException;
import io.raddle.id.BlockId;
import io.raddle.proto.Artifact;
import io.raddle.proto.BroadcastTable;
import io.raddle.proto.PieceRequest;
import io.raddle.serde.RecordFormat;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockServer;
import io.raddle.transfer.BlockSource;
import io.raddle.transfer.PeerAddress;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import io.raddle.wire.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors of one process that fetch a broadcast from the endpoint and, over real connections, from each other. */
@Timeout(120)
class BroadcastPeersTest {
    private static final RecordFormat FORMAT = new RecordFormat(BroadcastPeersTest.class.getClassLoader());
    private static final int PIECES = 9;

    @TempDir
    private Path directory;

    private final Secret secret = Secret.random();
    private final BroadcastPeers known = new BroadcastPeers();
    private final Origin origin = new Origin();
    private final List<Member> members = new ArrayList<>();

    /** The endpoint, counting what it sends. */
    private final class Origin implements BroadcastOrigin {
        private final Map<ByteString, byte[]> contents = new ConcurrentHashMap<>();
        private final AtomicLong sent = new AtomicLong();
        private final AtomicInteger fetches = new AtomicInteger();
        private volatile Runnable beforeFetch = () -> {};

        @Override
        public Optional<byte[]> fetch(Artifact artifact) {
            beforeFetch.run();
            fetches.incrementAndGet();
            byte[] content = contents.get(artifact.getSha256());
            if (content == null) {
                return Optional.empty();
            }
            sent.addAndGet(content.length);
            return Optional.of(content);
        }

        @Override
        public List<PeerAddress> find(PieceRequest request) {
            return known.answer(request).getPeersList().stream()
                    .map(PeerAddress::of)
                    .toList();
        }

        BroadcastName publish(int number, byte[] serialized) {
            BroadcastTable.Builder table =
                    BroadcastTable.newBuilder().setSizeBytes(serialized.length).setPieceBytes(PieceCodec.PIECE_BYTES);
            for (int at = 0; at < serialized.length; at += PieceCodec.PIECE_BYTES) {
                byte[] piece =
                        PieceCodec.pack(serialized, at, Math.min(PieceCodec.PIECE_BYTES, serialized.length - at));
                table.addPieces(put(piece));
            }
            byte[] bytes = table.build().toByteArray();
            return new BroadcastName(
                    1,
                    number,
                    "broadcast at a test",
                    Sha256.ofDigest(put(bytes)).hex(),
                    bytes.length);
        }

        private ByteString put(byte[] content) {
            ByteString identity = Sha256.of(content).bytes();
            contents.put(identity, content);
            return identity;
        }
    }

    /** One executor's part in it. */
    private final class Member implements AutoCloseable {
        private final BlockClient client = new BlockClient(secret, Duration.ofSeconds(20));
        private final Path own;
        private final Broadcasts broadcasts;
        private final BlockServer server;

        Member(int number) {
            own = directory.resolve("member-" + number);
            broadcasts = new Broadcasts(own, origin, client, this::address);
            server = BlockServer.listen("localhost", PortRange.ANY, secret, broadcasts);
        }

        private PeerAddress address() {
            return server.address();
        }

        byte[] value(BroadcastName name) {
            return (byte[]) broadcasts.value(name, FORMAT);
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    private Member join() {
        Member member = new Member(members.size());
        members.add(member);
        return member;
    }

    @AfterEach
    void close() {
        members.forEach(Member::close);
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[(PIECES - 1) * PieceCodec.PIECE_BYTES + 1000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private BroadcastName publish(byte[] value) {
        return origin.publish(5, FORMAT.toBytes(value));
    }

    @Test
    void whoComesLaterTakesAllFromPeers() {
        byte[] value = random(1);
        BroadcastName name = publish(value);
        assertThat(join().value(name)).isEqualTo(value);
        long once = origin.sent.get();

        assertThat(join().value(name)).isEqualTo(value);
        assertThat(join().value(name)).isEqualTo(value);

        // Each needs the table of pieces from the endpoint, and nothing else.
        assertThat(origin.sent.get() - once).isLessThan(2000);
    }

    @Test
    void executorsThatStartTogetherTakeLittleMoreThanOneCopyFromTheEndpoint() {
        byte[] value = random(2);
        BroadcastName name = publish(value);
        IntStream.range(0, 4).forEach(i -> join());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<byte[]>> all = Stream.concat(members.stream(), members.stream())
                    .map(member -> CompletableFuture.supplyAsync(() -> member.value(name), threads))
                    .toList();
            all.forEach(each -> assertThat(each.join()).isEqualTo(value));
        } finally {
            threads.shutdown();
        }
        assertThat(origin.sent.get()).isLessThan(3L * value.length);
        assertThat(members.get(0).value(name)).isSameAs(members.get(0).value(name));
    }

    @Test
    void whoseTheirPeerDiesInMidFetchGetTheRestFromTheEndpoint() {
        byte[] value = random(3);
        BroadcastName name = publish(value);
        Member first = join();
        first.value(name);
        int before = origin.fetches.get();
        Member second = join();
        // The table is the first that is fetched; then the peer is gone although it is known to have every piece.
        origin.beforeFetch = first.server::close;

        assertThat(second.value(name)).isEqualTo(value);
        assertThat(origin.fetches.get() - before).isEqualTo(1 + PIECES);
    }

    @Test
    void aPieceThatAPeerHasDamagedIsTakenFromElsewhere() {
        byte[] value = random(4);
        BroadcastName name = publish(value);
        BlockSource wrong = BlockSource.of(new byte[100]);
        try (BlockServer liar = BlockServer.listen("localhost", PortRange.ANY, secret, id -> Optional.of(wrong))) {
            known.answer(PieceRequest.newBuilder()
                    .setBroadcast(5)
                    .setCaller(liar.address().message())
                    .addAllHeld(IntStream.range(0, PIECES).boxed().toList())
                    .build());

            assertThat(join().value(name)).isEqualTo(value);
        }
        // Told of once, the liar is asked no more.
        assertThat(known.answer(wanting(0)).getPeersList())
                .containsExactly(members.get(0).address().message());
    }

    private static PieceRequest wanting(int piece) {
        return PieceRequest.newBuilder().setBroadcast(5).setWanted(piece).build();
    }

    @Test
    void whatIsDroppedIsDeletedServedNoMoreAndFetchedAgain() throws Exception {
        byte[] value = random(5);
        BroadcastName name = publish(value);
        Member member = join();
        byte[] copy = member.value(name);
        assertThat(member.broadcasts.find(new BlockId.BroadcastPiece(1, 5, 0))).isPresent();
        assertThat(member.broadcasts.find(new BlockId.BroadcastPiece(2, 5, 0))).isEmpty();

        member.broadcasts.drop(5);
        known.forget(5);
        assertThat(member.broadcasts.find(new BlockId.BroadcastPiece(1, 5, 0))).isEmpty();
        try (Stream<Path> left = Files.list(member.own)) {
            assertThat(left).isEmpty();
        }
        assertThat(member.value(name)).isEqualTo(value).isNotSameAs(copy);

        origin.contents.clear();
        assertThat(member.value(name)).isEqualTo(value);
        member.broadcasts.dropAll();
        assertThatThrownBy(() -> member.value(name))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("broadcast at a test")
                .hasMessageContaining("was destroyed");
    }

    @Test
    void remembersFewHoldersAndFewBroadcasts() {
        for (int i = 0; i < 1000; i++) {
            known.answer(PieceRequest.newBuilder()
                    .setBroadcast(5)
                    .setCaller(new PeerAddress("host" + i, 1).message())
                    .addHeld(0)
                    .build());
        }
        assertThat(known.answer(wanting(0)).getPeersCount()).isBetween(1, 10);
        for (int i = 0; i < BroadcastPeers.MAX_BROADCASTS + 100; i++) {
            known.answer(PieceRequest.newBuilder().setBroadcast(i).addHeld(0).build());
        }
        assertThat(known.broadcasts()).isEqualTo(BroadcastPeers.MAX_BROADCASTS);
    }
}
