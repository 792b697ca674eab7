package io.raddle.yarn.master;

import io.raddle.driver.DriverHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Cluster mode: driver and user program are in the master's process. {@code waitsForClient}: one follows for certain. */
record HostedDriver(DriverHost host, UserProgram program, boolean waitsForClient) implements Driving {
    @Override
    public CompletableFuture<Ending> start() {
        return program.start();
    }

    @Override
    public int port() {
        return host.address().port();
    }

    @Override
    public void onCancel(Consumer<String> action) {
        host.onCancel(action);
    }

    @Override
    public void cancel(Ending asCancelled) {
        program.cancel(asCancelled);
    }

    @Override
    public void finish(Ending ended) {
        host.finish(ended.state(), ended.exitCode(), ended.cause());
    }

    @Override
    public void awaitFarewell(Duration silence, Duration stall) throws InterruptedException {
        if (waitsForClient || host.watched()) {
            host.awaitFarewell(silence, stall);
        }
    }
}
