package io.raddle.cluster;

import io.raddle.fault.Cause;
import io.raddle.id.NodeId;

/** What a cluster manager tells the driver. Safe for all threads; never blocks for long. */
public interface ClusterEvents {
    /** A container was granted; its executor attaches soon or {@link #ended} says why not. */
    void granted(Container container);

    /** A container is known to be complete, so its executor publishes nothing any more. Told once per container. */
    void ended(String container, Cause cause);

    /** No container will come for what was asked: the application cannot go on. */
    void refused(Cause cause);

    /** A node will leave the cluster soon: its executor ends the tasks it has and takes no others. */
    void leaving(NodeId node);

    /** A node has left the cluster, with its containers and with what lay on its disks. */
    void lost(NodeId node);
}
