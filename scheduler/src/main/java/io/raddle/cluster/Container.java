package io.raddle.cluster;

import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;

/**
 * A container that was granted and in which an executor is being started. The cluster manager numbers executors from 1,
 * gives the number to the process and never uses it twice within an application.
 */
public record Container(String id, ExecutorId executor, NodeId node, String rack, int slots) {}
