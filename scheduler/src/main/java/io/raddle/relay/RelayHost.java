package io.raddle.relay;

import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.driver.ApplicationRecord;
import io.raddle.endpoint.Endpoint;
import io.raddle.endpoint.Supervised;
import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.DriverEnd;
import io.raddle.wire.Guarded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What the master of an application hosts whose driver is elsewhere: the endpoint of the executors, the containers, and
 * the gate by which the driver comes to both. Decides nothing but one thing: that a driver is lost. Thread-safe.
 */
public final class RelayHost implements AutoCloseable {
    private final ApplicationRecord application = new ApplicationRecord();
    private final ClusterManager cluster;
    private final Endpoint endpoint;
    private final DriverGate gate;

    private RelayHost(RelaySettings settings, ClusterManager cluster) {
        this.cluster = cluster;
        this.gate = new DriverGate(settings, cluster);
        this.endpoint = new Endpoint(
                settings.endpoint(), application, List.of(new Guarded(gate, settings.driverSecret())), gate.contents());
        application.observe(() -> gate.status().toBuilder()
                .setRefusedCalls(endpoint.refusedCalls())
                .build());
        application.onCancel(gate::cancel);
        cluster.start(address(), gate);
        gate.open(endpoint);
    }

    /** Serves executors, watchers and the driver from now on, and asks the cluster for executors. */
    public static RelayHost start(RelaySettings settings, ClusterManager cluster) {
        return new RelayHost(settings, cluster);
    }

    /** Where all of them call. */
    public ExecutorAddress address() {
        return endpoint.port() == 0
                ? new ExecutorAddress(endpoint.name(), 0)
                : new ExecutorAddress("0.0.0.0", endpoint.port());
    }

    /** The application as watchers see it. */
    public Supervised application() {
        return application;
    }

    /** The containers whose executors are attached right now. */
    public Set<String> attachedContainers() {
        return gate.attachedContainers();
    }

    /** How the driver says that its program ended, or that the driver is lost. */
    public CompletableFuture<DriverEnd> end() {
        return gate.end();
    }

    /** Calls {@code action} with the name of whoever cancels the application. */
    public void onCancel(Consumer<String> action) {
        application.onCancel(action);
    }

    /** Tells watchers how the application ended; the first end counts. */
    public void finish(State state, int exitCode, Optional<Cause> cause) {
        application.ended(state, exitCode, cause);
    }

    /** Tells the driver that the application is over, and waits until it has gone; false when it is not in time. */
    public boolean awaitFarewell(Duration bound) throws InterruptedException {
        return gate.sayGone(bound);
    }

    @Override
    public void close() {
        gate.close();
        cluster.close();
        endpoint.close();
    }
}
