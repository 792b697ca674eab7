package io.raddle.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.id.ExecutorId;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkLinkTest extends LinkContract {
    private final Secret root = Secret.random();
    private @Nullable Endpoint endpoint;

    @Override
    Link open(Path ownDirectory) {
        EndpointSettings settings = new EndpointSettings(
                root.derive(Secret.EXECUTOR),
                root.derive(Secret.CONTROL),
                Optional.of(PortRange.ANY),
                ownDirectory,
                1 << 30,
                Optional.empty(),
                Optional.empty());
        Endpoint opened = new Endpoint(settings, new FakeApplication());
        endpoint = opened;
        return opened;
    }

    @Override
    FakeExecutor executor(ExecutorId id, long incarnation) {
        return executor(id, incarnation, endpoint().executorSecret());
    }

    private FakeExecutor executor(ExecutorId id, long incarnation, Secret secret) {
        return new FakeExecutor(GuardedChannel.open("localhost", endpoint().port(), secret), id, incarnation);
    }

    private Endpoint endpoint() {
        return Objects.requireNonNull(endpoint, "open() comes first");
    }

    @Override
    void close() {
        endpoint().close();
    }

    @Test
    void turnsAnExecutorWithAnotherSecretAway() {
        try (FakeExecutor stranger = executor(EXECUTOR, 1, root.derive(Secret.CONTROL))) {
            stranger.attach("hello");

            await().untilAsserted(() -> assertThat(stranger.end()).isPresent());
            assertThat(stranger.end().orElseThrow().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(events.attached()).isEmpty();
            assertThatThrownBy(() -> stranger.fetch(endpoint().publish("secret", ByteString.copyFromUtf8("x")), 0))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNAUTHENTICATED");
        }
    }
}
