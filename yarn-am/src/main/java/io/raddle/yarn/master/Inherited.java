package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.id.NodeId;
import io.raddle.yarn.launch.ExitCauses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * Containers that an earlier attempt of the application left running. Their executors look for this attempt by
 * themselves; one that has not attached in time is given up. One thread; takes the time as an argument.
 */
final class Inherited {
    private final long patienceNanos;
    private final Map<ContainerId, Container> containers = new LinkedHashMap<>();
    private final Map<ContainerId, Long> awaitedSince = new LinkedHashMap<>();

    Inherited(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    void add(Container container, long now) {
        containers.put(container.getId(), container);
        awaitedSince.put(container.getId(), now);
    }

    /** Which containers have an attached executor. */
    void attached(Set<String> names) {
        awaitedSince.keySet().removeIf(id -> names.contains(id.toString()));
    }

    /** Containers whose executor should have attached by now; each is named once. */
    List<ContainerId> overdue(long now) {
        List<ContainerId> overdue = awaitedSince.entrySet().stream()
                .filter(awaited -> now - awaited.getValue() >= patienceNanos)
                .map(Map.Entry::getKey)
                .toList();
        overdue.forEach(awaitedSince::remove);
        return overdue;
    }

    /** A container is over: why, when it was one of these. */
    Optional<Cause> ended(Allocation.Ended ended) {
        Container container = containers.remove(ended.container().getId());
        if (container == null) {
            return Optional.empty();
        }
        awaitedSince.remove(container.getId());
        return Optional.of(ExitCauses.of(
                ended.status().getExitStatus(),
                ended.status().getDiagnostics(),
                new NodeId(
                        container.getNodeId().getHost(), container.getNodeId().getPort()),
                container.getResource().getMemorySize() << 20));
    }
}
