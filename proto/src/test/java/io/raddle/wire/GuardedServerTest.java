package io.raddle.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.Chunk;
import io.raddle.proto.ExecutorEndpointGrpc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuardedServerTest {
    private static final byte[] CONTENT = new byte[3_000_001];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private final Secret secret = Secret.random();

    private static final class Artifacts extends ExecutorEndpointGrpc.ExecutorEndpointImplBase {
        @Override
        public void fetchArtifact(ArtifactRequest request, StreamObserver<Chunk> chunks) {
            ChunkedContent.send(new ByteArrayInputStream(CONTENT), (ServerCallStreamObserver<Chunk>) chunks);
        }
    }

    private GuardedServer listen() {
        return GuardedServer.listen(PortRange.ANY, List.of(new Guarded(new Artifacts(), secret)));
    }

    private static byte[] fetch(io.grpc.Channel channel) throws IOException {
        Iterator<Chunk> chunks = ExecutorEndpointGrpc.newBlockingStub(channel)
                .fetchArtifact(ArtifactRequest.newBuilder()
                        .setSha256(ByteString.copyFrom(new byte[32]))
                        .build());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (chunks.hasNext()) {
            ByteString data = chunks.next().getData();
            assertThat(data.size()).isLessThanOrEqualTo(ChunkedContent.CHUNK_BYTES);
            data.writeTo(all);
        }
        return all.toByteArray();
    }

    @Test
    void servesWhoPresentsTheSecret() throws IOException {
        try (GuardedServer server = listen();
                GuardedChannel channel = GuardedChannel.open("localhost", server.port(), secret)) {
            assertThat(fetch(channel.channel())).isEqualTo(CONTENT);
            assertThat(server.rejectedCalls()).isZero();
        }
    }

    @Test
    void servesInProcessUnderTheSameRule() throws IOException {
        try (GuardedServer server =
                        GuardedServer.inProcess("wire-test", List.of(new Guarded(new Artifacts(), secret)));
                GuardedChannel channel = GuardedChannel.inProcess("wire-test", secret);
                GuardedChannel stranger = GuardedChannel.inProcess("wire-test", Secret.random())) {
            assertThat(fetch(channel.channel())).isEqualTo(CONTENT);
            assertThatThrownBy(() -> fetch(stranger.channel())).hasMessageContaining("UNAUTHENTICATED");
        }
    }

    @Test
    void turnsAwayAndCountsAWrongSecret() {
        try (GuardedServer server = listen();
                GuardedChannel channel = GuardedChannel.open("localhost", server.port(), Secret.random())) {
            StatusRuntimeException refused =
                    catchThrowableOfType(StatusRuntimeException.class, () -> fetch(channel.channel()));

            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refused).hasMessageContaining("wrong application secret");
            assertThat(server.rejectedCalls()).isEqualTo(1);
        }
    }

    @Test
    void logsWhomItTurnedAwayAndWhyButNoSecret() {
        Secret wrong = Secret.random();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // where this module's tests log to
        try (GuardedServer server = listen();
                GuardedChannel channel = GuardedChannel.open("localhost", server.port(), wrong)) {
            assertThatThrownBy(() -> fetch(channel.channel())).hasMessageContaining("UNAUTHENTICATED");
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsPattern("Refused raddle.v1.ExecutorEndpoint/FetchArtifact from /\\S+:\\d+:"
                        + " a wrong application secret")
                .doesNotContain(
                        HexFormat.of().formatHex(wrong.bytes()), HexFormat.of().formatHex(secret.bytes()));
    }

    @Test
    void turnsAwayWhoPresentsNone() {
        try (GuardedServer server = listen()) {
            ManagedChannel bare = NettyChannelBuilder.forAddress("localhost", server.port())
                    .usePlaintext()
                    .build();
            try {
                assertThatThrownBy(() -> fetch(bare)).hasMessageContaining("no application secret");
            } finally {
                bare.shutdownNow();
            }
        }
    }

    @Test
    void takesTheNextPortOfItsRangeAndSaysWhenNoneIsLeft() {
        try (GuardedServer first = listen()) {
            PortRange taken = new PortRange(first.port(), first.port());

            assertThatThrownBy(() -> GuardedServer.listen(taken, List.of()))
                    .isInstanceOf(RaddleException.class)
                    .hasMessageContaining("raddle.port.range");
        }
    }

    @Test
    void portRangesAreReadAsPeopleWriteThem() {
        assertThat(PortRange.parse("")).isEqualTo(PortRange.ANY);
        assertThat(PortRange.parse("40000-40100")).isEqualTo(new PortRange(40000, 40100));
        assertThat(PortRange.parse("40000")).isEqualTo(new PortRange(40000, 40000));
        assertThatThrownBy(() -> PortRange.parse("4x")).hasMessage("is not a range of ports");
        for (String outside : List.of("40001-40000", "80-40000", "40000-65536")) {
            assertThatThrownBy(() -> PortRange.parse(outside)).hasMessage("is out of range");
        }
    }
}
