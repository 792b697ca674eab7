package io.raddle.yarn.client.hadoop;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.api.records.Resource;

/** What a cluster can never grant, found out before anything is uploaded. */
public final class ContainerLimits {
    private ContainerLimits() {}

    /** Refuses a container larger than the cluster's largest; {@code who} is "driver" or "executor". */
    public static void check(String who, int memoryMib, int cores, Resource maximum) {
        if (memoryMib > maximum.getMemorySize()) {
            throw refused(
                    "The cluster grants containers of at most " + maximum.getMemorySize() + " MiB, and --" + who
                            + "-memory asks for " + memoryMib + " MiB.",
                    "Ask for at most --" + who + "-memory " + maximum.getMemorySize() + "m.");
        }
        if (cores > maximum.getVirtualCores()) {
            throw refused(
                    "The cluster grants containers of at most " + maximum.getVirtualCores() + " vcores, and --" + who
                            + "-cores asks for " + cores + ".",
                    "Ask for at most --" + who + "-cores " + maximum.getVirtualCores() + ".");
        }
    }

    /** Refuses a queue that is missing, stopped, or only a parent of queues. */
    public static void check(String queue, ResourceManager resourceManager) {
        QueueInfo info = resourceManager
                .queue(queue)
                .orElseThrow(() ->
                        refused("The cluster has no queue " + queue + ".", "Name a queue that it has with --queue."));
        if (info.getQueueState() != QueueState.RUNNING) {
            throw refused(
                    "The queue " + queue + " is stopped and takes no applications.",
                    "Name another with --queue, or ask the cluster's administrator to start it.");
        }
        if (!info.getChildQueues().isEmpty()) {
            throw refused(
                    "The queue " + queue + " only holds other queues.",
                    "Name one of them with --queue, such as "
                            + info.getChildQueues().get(0).getQueueName() + ".");
        }
    }

    private static RaddleException refused(String what, String todo) {
        return new RaddleException(new Cause.ClusterRefused(what, todo));
    }
}
