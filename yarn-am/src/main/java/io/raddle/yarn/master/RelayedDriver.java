package io.raddle.yarn.master;

import io.raddle.fault.CauseCodec;
import io.raddle.proto.DriverEnd;
import io.raddle.relay.RelayHost;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Client mode: the driver is in another process, which calls here. */
record RelayedDriver(RelayHost host) implements Driving {
    @Override
    public CompletableFuture<Ending> start() {
        return host.end().thenApply(RelayedDriver::ending);
    }

    private static Ending ending(DriverEnd end) {
        return new Ending(
                end.getState(),
                end.getExitCode(),
                end.hasCause() ? Optional.of(CauseCodec.decode(end.getCause())) : Optional.empty());
    }

    @Override
    public int port() {
        return host.address().port();
    }

    @Override
    public void onCancel(Consumer<String> action) {
        host.onCancel(action);
    }

    /** The driver was told by the relay, and says itself how it ended. */
    @Override
    public void cancel(Ending asCancelled) {}

    @Override
    public void finish(Ending ended) {
        host.finish(ended.state(), ended.exitCode(), ended.cause());
    }

    @Override
    public void awaitFarewell(Duration silence, Duration stall) throws InterruptedException {
        host.awaitFarewell(silence);
    }
}
