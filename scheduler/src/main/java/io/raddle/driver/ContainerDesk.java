package io.raddle.driver;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.Container;
import io.raddle.fault.Cause;
import io.raddle.id.NodeId;
import io.raddle.schedule.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives what the cluster manager says, on any thread, and acts on it on the driver's. */
final class ContainerDesk implements ClusterEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDesk.class);

    private final DriverLoop loop;
    private final Roster roster;
    private final Wishes wishes;
    private final StatusReport report;

    ContainerDesk(DriverLoop loop, Roster roster, Wishes wishes, StatusReport report) {
        this.loop = loop;
        this.roster = roster;
        this.wishes = wishes;
        this.report = report;
    }

    @Override
    public void granted(Container container) {
        loop.post(() -> {
            roster.of(container.executor()).granted(container);
            loop.tell(new Event.ContainerAllocated(container.executor(), container.node()));
        });
    }

    @Override
    public void ended(String container, Cause cause) {
        loop.post(() -> roster.inContainer(container).ifPresent(executor -> {
            LOG.info("{} has ended: {}", executor.executor(), cause.happened());
            if (cause instanceof Cause.NodeLost) {
                loop.tell(new Event.NodeLost(executor.node()));
            }
            loop.tell(new Event.ExecutorLost(executor.executor(), Event.ExecutorLost.EVERY_INCARNATION, cause));
            if (executor.hasAttached() && !wasAskedToEnd(cause)) {
                report.lost(executor.executor(), cause);
            }
            roster.remove(executor.executor());
            wishes.ended();
        }));
    }

    private static boolean wasAskedToEnd(Cause cause) {
        return cause instanceof Cause.Cancelled
                || cause instanceof Cause.ExecutorExited exited && exited.exitCode() == 0;
    }

    @Override
    public void refused(Cause cause) {
        loop.post(() -> loop.tell(new Event.ContainersRefused(cause)));
    }

    @Override
    public void leaving(NodeId node) {
        loop.post(() -> roster.on(node).forEach(executor -> loop.tell(new Event.ExecutorDraining(executor))));
    }

    @Override
    public void lost(NodeId node) {
        loop.post(() -> {
            LOG.info("Node {} is lost, with what lay on its disks", node);
            roster.nodeLost(node);
            loop.tell(new Event.NodeLost(node));
        });
    }
}
