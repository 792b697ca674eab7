package io.raddle.yarn.launch;

import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;

/** Which executor starts where; {@code memoryMib} is what YARN granted, which may be more than was asked for. */
public record ExecutorPlace(ExecutorId id, long incarnation, NodeId node, String rack, int memoryMib) {}
