package io.raddle.endpoint;

import io.raddle.id.ExecutorId;
import io.raddle.wire.GuardedChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class InProcessLinkTest extends LinkContract {
    private @Nullable Endpoint endpoint;

    @Override
    Link open(Path ownDirectory) {
        Endpoint opened = new Endpoint(EndpointSettings.inProcess(ownDirectory, 1 << 30), new FakeApplication());
        endpoint = opened;
        return opened;
    }

    @Override
    FakeExecutor executor(ExecutorId id, long incarnation) {
        return new FakeExecutor(
                GuardedChannel.inProcess(endpoint().name(), endpoint().executorSecret()), id, incarnation);
    }

    private Endpoint endpoint() {
        return Objects.requireNonNull(endpoint, "open() comes first");
    }

    @Override
    void close() {
        endpoint().close();
    }
}
