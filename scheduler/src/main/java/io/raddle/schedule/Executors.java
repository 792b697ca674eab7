package io.raddle.schedule;

import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.schedule.Lifecycles.ExecutorState;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All executors of the application that are not gone, by id, and how many are attached at each place. */
final class Executors {
    private final SortedMap<ExecutorId, Executor> present = new TreeMap<>();
    private final Map<ExecutorState, Integer> counts = new EnumMap<>(ExecutorState.class);
    private final Map<String, Integer> attachedByHost = new TreeMap<>();
    private final Map<String, Integer> attachedByRack = new TreeMap<>();
    /** Ids that are over; they are never given out again. */
    private final BitSet gone = new BitSet();

    Executor allocate(ExecutorId id, NodeId node, long now) {
        Executor known = present.get(id);
        if (known != null) {
            return known;
        }
        Executor executor = new Executor(id, node, now);
        present.put(id, executor);
        counts.merge(ExecutorState.ALLOCATED, 1, Integer::sum);
        return executor;
    }

    /** Changes the state of an executor, counted so that nobody has to ask all of them. */
    void become(Executor executor, ExecutorState next, Census census) {
        counts.merge(executor.life.state(), -1, Integer::sum);
        executor.life.become(next, census);
        counts.merge(next, 1, Integer::sum);
    }

    @Nullable
    Executor find(ExecutorId id) {
        return present.get(id);
    }

    boolean isGone(ExecutorId id) {
        return gone.get(id.number());
    }

    Collection<Executor> all() {
        return present.values();
    }

    List<Executor> on(NodeId node) {
        return present.values().stream()
                .filter(executor -> executor.node().equals(node))
                .toList();
    }

    int count(ExecutorState state) {
        return counts.getOrDefault(state, 0);
    }

    void entered(Executor executor) {
        attachedByHost.merge(executor.node().host(), 1, Integer::sum);
        attachedByRack.merge(executor.rack(), 1, Integer::sum);
    }

    /** It takes tasks no more; answers whether it was the last at its host. */
    boolean left(Executor executor) {
        attachedByRack.merge(executor.rack(), -1, Executors::sumOrNothing);
        return attachedByHost.merge(executor.node().host(), -1, Executors::sumOrNothing) == null;
    }

    void forget(Executor executor) {
        present.remove(executor.id);
        counts.merge(executor.life.state(), -1, Integer::sum);
        gone.set(executor.id.number());
    }

    /** Whether any attached executor could meet the preference. */
    boolean canMeet(Preference preference) {
        return preference.hosts().stream().anyMatch(attachedByHost::containsKey)
                || preference.racks().stream().anyMatch(attachedByRack::containsKey)
                || preference.executors().stream().anyMatch(this::isAttached);
    }

    private boolean isAttached(ExecutorId id) {
        Executor executor = present.get(id);
        return executor != null && executor.takesTasks();
    }

    private static @Nullable Integer sumOrNothing(Integer count, Integer change) {
        return count + change == 0 ? null : count + change;
    }
}
