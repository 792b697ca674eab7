package io.raddle.relay;

import java.util.Optional;

/** Knows where the application's master is. Called by one thread at a time; may block for a while. */
@FunctionalInterface
public interface MasterFinder {
    /**
     * Where the master can be called right now; empty while there is none. Throws a
     * {@link io.raddle.fault.RaddleException} once there will be none any more, with the cause.
     */
    Optional<Address> find();

    /** Host and port of a master. */
    record Address(String host, int port) {}
}
