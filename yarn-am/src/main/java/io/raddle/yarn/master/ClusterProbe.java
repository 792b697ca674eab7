package io.raddle.yarn.master;

import io.raddle.yarn.master.WaitingReasons.QueueUse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.yarn.api.ApplicationClientProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.GetClusterNodesRequest;
import org.apache.hadoop.yarn.api.protocolrecords.GetQueueInfoRequest;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ResourceManager's client service about queue and nodes, on a thread of its own that starts when somebody first
 * waits. Where security is on a master has no token for that service: then only the headroom is told.
 */
final class ClusterProbe implements WaitingLine.Probing {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterProbe.class);
    private static final long EVERY_MILLIS = 3000;

    private final Configuration configuration;
    private final String queue;
    private Optional<Thread> asking = Optional.empty();
    private volatile Known known = new Known(OptionalLong.empty(), Optional.empty());

    ClusterProbe(Configuration configuration, String queue) {
        this.configuration = configuration;
        this.queue = queue;
    }

    @Override
    public synchronized WaitingReasons.View view(Resource headroom, int nodes) {
        if (asking.isEmpty()) {
            Thread thread = new Thread(this::ask, "raddle-probe");
            thread.setDaemon(true);
            thread.start();
            asking = Optional.of(thread);
        }
        return new WaitingReasons.View(headroom, nodes, known.largestNodeMib(), known.use());
    }

    private void ask() {
        try {
            ApplicationClientProtocol manager =
                    ClientRMProxy.createRMProxy(configuration, ApplicationClientProtocol.class);
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    known = new Known(largestNode(manager), use(manager));
                    Thread.sleep(EVERY_MILLIS);
                }
            } finally {
                RPC.stopProxy(manager);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | YarnException | RuntimeException e) {
            LOG.debug("The ResourceManager tells nothing about queue and nodes", e);
        }
    }

    private static OptionalLong largestNode(ApplicationClientProtocol manager) throws IOException, YarnException {
        GetClusterNodesRequest running = GetClusterNodesRequest.newInstance(EnumSet.of(NodeState.RUNNING));
        return manager.getClusterNodes(running).getNodeReports().stream()
                .map(NodeReport::getCapability)
                .mapToLong(Resource::getMemorySize)
                .max();
    }

    private Optional<QueueUse> use(ApplicationClientProtocol manager) throws IOException, YarnException {
        QueueInfo info = manager.getQueueInfo(GetQueueInfoRequest.newInstance(queue, false, false, false))
                .getQueueInfo();
        return Optional.ofNullable(info)
                .map(it -> new QueueUse(
                        100 * it.getCurrentCapacity(), 100 * it.getCapacity(), 100 * it.getMaximumCapacity()));
    }

    @Override
    public synchronized void close() {
        asking.ifPresent(Thread::interrupt);
    }

    /** What was heard last. */
    private record Known(OptionalLong largestNodeMib, Optional<QueueUse> use) {}
}
