package io.raddle.driver;

import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Shuffles that nobody asks for any more and whose outputs lie on nodes without an executor. The next executor there is
 * to delete them; what is left goes with the application. Belongs to the driver's thread.
 */
final class AbandonedOutputs {
    /** Beyond that the oldest are left to the application's end. */
    static final int MAX_PER_NODE = 10_000;

    private final Map<NodeId, Set<ShuffleId>> byNode = new HashMap<>();

    void add(NodeId node, ShuffleId shuffle) {
        Set<ShuffleId> shuffles = byNode.computeIfAbsent(node, none -> new LinkedHashSet<>());
        shuffles.add(shuffle);
        if (shuffles.size() > MAX_PER_NODE) {
            shuffles.remove(shuffles.iterator().next());
        }
    }

    /** Those on this node, which are not told again. */
    Set<ShuffleId> take(NodeId node) {
        Set<ShuffleId> shuffles = byNode.remove(node);
        return shuffles == null ? Set.of() : shuffles;
    }
}
