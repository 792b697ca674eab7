package io.raddle.executor;

/**
 * Where executors attach: {@code attempt} is that of the application master, and a lower one than seen before is stale.
 * Port 0 names a server of this process.
 */
public record Endpoint(int attempt, String host, int port) {
    @Override
    public String toString() {
        return port == 0 ? "this process" : host + ":" + port;
    }
}
