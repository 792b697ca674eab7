package io.raddle.cluster;

import io.raddle.executor.Endpoint;
import io.raddle.executor.EndpointLocator;
import io.raddle.executor.Executor;
import io.raddle.executor.ExecutorIdentity;
import io.raddle.executor.Workplace;
import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Executors in this process. They attach and work as those of a cluster do: over gRPC, with everything serialized and
 * with shuffle files on disk. Thread-safe.
 */
public final class LocalCluster implements ClusterManager {
    private static final NodeId NODE = new NodeId("localhost", 0);
    /** Of the heap, what executors may fill with records of the engine; the rest is the program's. */
    private static final double ENGINE_SHARE = 0.5;

    private final Path directory;
    private final Secret secret;
    private final ClassLoader loader;
    private final int most;
    private final int slots;
    private final long engineBytes;
    private final Map<String, Executor> executors = new TreeMap<>();
    private @Nullable ExecutorAddress address;
    private @Nullable ClusterEvents events;
    private int made;
    private boolean closed;

    /** At most so many executors of so many slots, with their files below {@code directory}. */
    public LocalCluster(Path directory, Secret secret, ClassLoader loader, int executors, int slots) {
        this(directory, secret, loader, executors, slots, (long)
                (Runtime.getRuntime().maxMemory() * ENGINE_SHARE / Math.max(1, executors)));
    }

    /** The same with {@code engineBytes} for each executor to hold records of the engine in. */
    public LocalCluster(Path directory, Secret secret, ClassLoader loader, int executors, int slots, long engineBytes) {
        this.directory = directory;
        this.secret = secret;
        this.loader = loader;
        this.most = executors;
        this.slots = slots;
        this.engineBytes = engineBytes;
    }

    @Override
    public synchronized void start(ExecutorAddress endpoint, ClusterEvents listener) {
        address = endpoint;
        events = listener;
    }

    @Override
    public synchronized void ask(Demand demand) {
        while (!closed && executors.size() < Math.min(most, demand.executors())) {
            grant();
        }
    }

    private void grant() {
        ClusterEvents listener = events;
        ExecutorAddress endpoint = address;
        if (listener == null || endpoint == null) {
            throw new IllegalStateException("asked before the start");
        }
        ExecutorId id = new ExecutorId(++made);
        String container = "local-" + id.number();
        listener.granted(new Container(container, id, NODE, "", slots));
        long memory = Runtime.getRuntime().maxMemory();
        executors.put(
                container,
                Executor.start(
                        new ExecutorIdentity(id, 1, container, NODE.host(), NODE.port(), "", slots),
                        EndpointLocator.fixed(new Endpoint(1, endpoint.host(), endpoint.port())),
                        secret,
                        new Workplace(
                                directory.resolve(container),
                                loader,
                                memory,
                                engineBytes,
                                // One for all: they read each other's map outputs there, as those of one node do.
                                List.of(directory.resolve("disk"))),
                        Optional.empty(),
                        (code, why) -> end(container, new Cause.ExecutorExited(NODE.host(), code, why))));
    }

    /** Ends an executor as a crash would: at once and without a word. */
    public void kill(ExecutorId executor) {
        end("local-" + executor.number(), new Cause.ExecutorExited(NODE.host(), 137, "it was killed"));
    }

    @Override
    public void release(String container) {
        end(container, new Cause.Cancelled("the driver"));
    }

    private void end(String container, Cause cause) {
        Executor executor;
        ClusterEvents listener;
        synchronized (this) {
            executor = executors.remove(container);
            listener = events;
        }
        if (executor != null && listener != null) {
            Thread closing = new Thread(
                    () -> {
                        executor.close();
                        listener.ended(container, cause);
                    },
                    container + "-end");
            closing.setDaemon(true);
            closing.start();
        }
    }

    @Override
    public List<String> waiting() {
        return List.of();
    }

    @Override
    public void progress(float done) {}

    @Override
    public void close() {
        List<Executor> rest;
        synchronized (this) {
            closed = true;
            rest = new ArrayList<>(executors.values());
            executors.clear();
        }
        rest.forEach(Executor::close);
    }
}
