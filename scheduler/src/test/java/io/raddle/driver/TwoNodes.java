package io.raddle.driver;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Container;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import io.raddle.executor.Endpoint;
import io.raddle.executor.EndpointLocator;
import io.raddle.executor.Executor;
import io.raddle.executor.ExecutorIdentity;
import io.raddle.executor.ShuffleNetwork;
import io.raddle.executor.Workplace;
import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.shuffle.ShuffleSecret;
import io.raddle.shuffle.ShuffleServer;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster of two nodes with an executor each. They are in this process, but on disks of their own, so that all they
 * read of each other comes through their shuffle servers.
 */
final class TwoNodes implements ClusterManager {
    static final int NODES = 2;
    static final int SLOTS = 2;
    private static final String JOB = "job_1_1";

    private final Path directory;
    private final Secret secret;
    private final long engineBytes;
    private final Secret shuffleSecret = Secret.random();
    private final List<Executor> executors = new ArrayList<>();
    private final List<ShuffleServer> services = new ArrayList<>();
    private Optional<ExecutorAddress> address = Optional.empty();
    private Optional<ClusterEvents> events = Optional.empty();

    /** Each executor may hold so many bytes of records in memory. */
    TwoNodes(Path directory, Secret secret, long engineBytes) {
        this.directory = directory;
        this.secret = secret;
        this.engineBytes = engineBytes;
    }

    /** Each node serves what its executor wrote, also beyond the end of that. */
    TwoNodes withShuffleServices() {
        for (int node = 1; node <= NODES; node++) {
            services.add(ShuffleServer.start(
                    new LocalDirectories(List.of(disk(node)), "service-" + node, where(node)),
                    new ShuffleSecret(shuffleSecret.bytes()),
                    JOB,
                    PortRange.ANY));
        }
        return this;
    }

    private static NodeId where(int node) {
        return new NodeId("localhost", 8040 + node);
    }

    /** Where an executor keeps what its memory does not hold. */
    Path spills(int node) {
        return disk(node).resolve("container-" + node);
    }

    /** Where an executor keeps map outputs. */
    Path disk(int node) {
        return directory.resolve("node-" + node).resolve("disk");
    }

    @Override
    public synchronized void start(ExecutorAddress endpoint, ClusterEvents listener) {
        address = Optional.of(endpoint);
        events = Optional.of(listener);
    }

    @Override
    public synchronized void ask(Demand demand) {
        while (executors.size() < Math.min(NODES, demand.executors())) {
            grant(executors.size() + 1);
        }
    }

    private void grant(int node) {
        ExecutorAddress endpoint = address.orElseThrow();
        NodeId where = where(node);
        String container = "container-" + node;
        int servicePort = services.isEmpty() ? 0 : services.get(node - 1).port();
        events.orElseThrow().granted(new Container(container, new ExecutorId(node), where, "", SLOTS));
        executors.add(Executor.start(
                new ExecutorIdentity(new ExecutorId(node), 1, container, where.host(), where.port(), "", SLOTS),
                EndpointLocator.fixed(new Endpoint(1, endpoint.host(), endpoint.port())),
                secret,
                new Workplace(
                        directory.resolve("node-" + node),
                        TwoNodes.class.getClassLoader(),
                        1L << 30,
                        engineBytes,
                        List.of(disk(node))),
                Optional.of(new ShuffleNetwork(JOB, shuffleSecret, servicePort, PortRange.ANY)),
                (code, why) ->
                        events.orElseThrow().ended(container, new Cause.ExecutorExited(where.host(), code, why))));
    }

    /** Ends the executor of a node as if its process were killed. */
    synchronized void kill(int node) {
        executors.get(node - 1).close();
        events.orElseThrow()
                .ended("container-" + node, new Cause.ExecutorExited("localhost", 137, "killed by the test"));
    }

    @Override
    public void release(String container) {
        throw new IllegalStateException(container + " is wanted until the end");
    }

    @Override
    public List<String> waiting() {
        return List.of();
    }

    @Override
    public void progress(float done) {}

    @Override
    public synchronized void close() {
        executors.forEach(Executor::close);
        services.forEach(ShuffleServer::close);
    }
}
