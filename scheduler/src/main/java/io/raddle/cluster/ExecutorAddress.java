package io.raddle.cluster;

/**
 * Where executors attach. In one process {@code host} is the name of an in-process server and {@code port} is 0; over
 * the network the server listens on all interfaces at {@code port}, and the cluster manager advertises the host.
 */
public record ExecutorAddress(String host, int port) {
    /** Whether executors run in this very process. */
    public boolean inProcess() {
        return port == 0;
    }
}
