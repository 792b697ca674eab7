package io.raddle.driver;

import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.endpoint.Endpoint;
import io.raddle.endpoint.Supervised;
import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationStatus.State;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that drives one application, in one process: endpoint, driver and cluster manager. Started by the
 * application master, a shell or a local program; sessions of this process are its sessions once it is installed.
 * Thread-safe.
 */
public final class DriverHost implements AutoCloseable {
    private final ApplicationRecord application = new ApplicationRecord();
    private final Endpoint endpoint;
    private final ClusterManager cluster;

    private DriverHost(HostSettings settings, ClusterManager cluster) {
        this.cluster = cluster;
        this.endpoint = new Endpoint(settings.endpoint(), application);
    }

    /** Serves executors and watchers and asks the cluster for executors, from now on. */
    public static DriverHost start(HostSettings settings, ClusterManager cluster) {
        return new DriverHost(settings, cluster);
    }

    /** Where executors attach. */
    public ExecutorAddress address() {
        return endpoint.port() == 0
                ? new ExecutorAddress(endpoint.name(), 0)
                : new ExecutorAddress("0.0.0.0", endpoint.port());
    }

    /** The application as watchers see it. */
    public Supervised application() {
        return application;
    }

    /** Calls {@code action} with the name of whoever cancels the application. */
    public void onCancel(Consumer<String> action) {
        application.onCancel(action);
    }

    /** The program has ended: cancels what still runs and tells watchers; the first end counts. */
    public void finish(State state, int exitCode, Optional<Cause> cause) {
        application.ended(state, exitCode, cause);
    }

    /** Waits until a client has seen the end and the last output; false when none said so in time. */
    public boolean awaitFarewell(Duration bound) throws InterruptedException {
        return endpoint.awaitFarewell(bound);
    }

    /** Ends executors, endpoint and driver. */
    @Override
    public void close() {
        cluster.close();
        endpoint.close();
    }
}
