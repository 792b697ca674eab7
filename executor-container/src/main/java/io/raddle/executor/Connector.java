package io.raddle.executor;

import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Secret;

/** Opens connections to an endpoint. Thread-safe. */
@FunctionalInterface
interface Connector {
    GuardedChannel connect(Endpoint endpoint);

    /** Over the network, or within this process where the endpoint is here. */
    static Connector with(Secret secret) {
        return endpoint -> endpoint.port() == 0
                ? GuardedChannel.inProcess(endpoint.host(), secret)
                : GuardedChannel.open(endpoint.host(), endpoint.port(), secret);
    }
}
