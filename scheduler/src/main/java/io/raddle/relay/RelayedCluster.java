package io.raddle.relay;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.NodeId;
import io.raddle.proto.CauseMessage;
import io.raddle.proto.ContainerDemand;
import io.raddle.proto.ContainerEnded;
import io.raddle.proto.ContainerGranted;
import io.raddle.proto.ContainerRelease;
import io.raddle.proto.DriverUp;
import io.raddle.proto.DriverWelcome;
import io.raddle.proto.NodeDeparture;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Containers as the driver sees them through its master. Demand and what goes back are said again after each attach, and
 * a welcome tells what was missed meanwhile. Thread-safe.
 */
final class RelayedCluster implements ClusterManager {
    private final Consumer<DriverUp.Builder> master;
    private final Map<String, ContainerGranted> known = new HashMap<>();
    private final Set<String> released = new LinkedHashSet<>();
    private volatile Optional<ClusterEvents> listener = Optional.empty();
    private Optional<Demand> demand = Optional.empty();
    private int attempt;
    private volatile List<String> waiting = List.of("The application master has not started yet.");
    private volatile float progress;

    RelayedCluster(Consumer<DriverUp.Builder> master) {
        this.master = master;
    }

    @Override
    public void start(ExecutorAddress nobodys, ClusterEvents events) {
        listener = Optional.of(events);
    }

    @Override
    public synchronized void ask(Demand wanted) {
        demand = Optional.of(wanted);
        master.accept(message(wanted));
    }

    @Override
    public synchronized void release(String container) {
        released.add(container);
        master.accept(message(container));
    }

    @Override
    public List<String> waiting() {
        return waiting;
    }

    @Override
    public void progress(float done) {
        progress = done;
    }

    float progress() {
        return progress;
    }

    /** The master ends them all with the application. */
    @Override
    public void close() {}

    /** Attached (again): hears what was missed, says what is wanted. */
    void welcomed(DriverWelcome welcome) {
        waiting = List.of();
        welcome.getEndedList().forEach(this::ended);
        welcome.getContainersList().forEach(this::granted);
        vanished(welcome).forEach(this::ended);
        synchronized (this) {
            demand.ifPresent(wanted -> master.accept(message(wanted)));
            released.forEach(container -> master.accept(message(container)));
        }
    }

    void granted(ContainerGranted container) {
        if (isNew(container)) {
            // Never under the lock: who hears of it may wait for a thread that asks for containers.
            listener.ifPresent(it -> it.granted(ContainerBook.decode(container)));
        }
    }

    /** One of an earlier attempt of the master was never granted here, and may be the place of an executor. */
    void ended(ContainerEnded container) {
        forget(container.getContainer());
        listener.ifPresent(it -> it.ended(container.getContainer(), CauseCodec.decode(container.getCause())));
    }

    void refused(CauseMessage cause) {
        listener.ifPresent(it -> it.refused(CauseCodec.decode(cause)));
    }

    void departing(NodeDeparture departure) {
        NodeId node = new NodeId(departure.getHost(), departure.getNodePort());
        if (departure.getGone()) {
            listener.ifPresent(it -> it.lost(node));
        } else {
            listener.ifPresent(it -> it.leaving(node));
        }
    }

    private synchronized boolean isNew(ContainerGranted container) {
        return known.put(container.getContainer(), container) == null;
    }

    private synchronized void forget(String container) {
        released.remove(container);
        known.remove(container);
    }

    /** Those that this attempt of the master knew and does not know any more, since its book of ends is bounded. */
    private synchronized List<ContainerEnded> vanished(DriverWelcome welcome) {
        boolean same = attempt == welcome.getAttempt();
        attempt = welcome.getAttempt();
        Set<String> alive = welcome.getContainersList().stream()
                .map(ContainerGranted::getContainer)
                .collect(Collectors.toSet());
        return known.values().stream()
                .filter(container -> same && !alive.contains(container.getContainer()))
                .map(container -> ContainerEnded.newBuilder()
                        .setContainer(container.getContainer())
                        .setCause(CauseCodec.encode(
                                new Cause.NodeLost(container.getHost() + ":" + container.getNodePort())))
                        .build())
                .toList();
    }

    void waits(List<String> sentences) {
        waiting = List.copyOf(sentences);
    }

    private static DriverUp.Builder message(Demand wanted) {
        return DriverUp.newBuilder()
                .setDemand(ContainerDemand.newBuilder()
                        .setExecutors(wanted.executors())
                        .putAllTasksByHost(wanted.tasksByHost()));
    }

    private static DriverUp.Builder message(String released) {
        return DriverUp.newBuilder().setRelease(ContainerRelease.newBuilder().setContainer(released));
    }
}
