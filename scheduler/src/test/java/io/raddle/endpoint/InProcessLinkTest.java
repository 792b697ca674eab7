package io.raddle.endpoint;

import io.raddle.id.ExecutorId;
import io.raddle.wire.GuardedChannel;
import java.nio.file.Path;

class InProcessLinkTest extends LinkContract {
    private Endpoint endpoint;

    @Override
    Link open(Path ownDirectory) {
        endpoint = new Endpoint(EndpointSettings.inProcess(ownDirectory, 1 << 30), new FakeApplication());
        return endpoint;
    }

    @Override
    FakeExecutor executor(ExecutorId id, long incarnation) {
        return new FakeExecutor(GuardedChannel.inProcess(endpoint.name(), endpoint.executorSecret()), id, incarnation);
    }

    @Override
    void close() {
        endpoint.close();
    }
}
