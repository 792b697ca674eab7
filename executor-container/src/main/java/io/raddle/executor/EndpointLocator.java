package io.raddle.executor;

import java.io.IOException;

/** Finds the endpoint. Called by one thread, before every attach; may block for as long as a file system takes. */
@FunctionalInterface
public interface EndpointLocator {
    /** Where the endpoint is now. */
    Endpoint locate() throws IOException;

    /** Always there: local mode. */
    static EndpointLocator fixed(Endpoint endpoint) {
        return () -> endpoint;
    }
}
