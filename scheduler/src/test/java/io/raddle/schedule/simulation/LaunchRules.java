package io.raddle.schedule.simulation;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.schedule.Event;
import io.raddle.schedule.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** When no executor can be had: so many containers in a row came to nothing, and nobody is left. Only then jobs fail. */
final class LaunchRules {
    private static final int SPARE_LAUNCHES = 3;

    private final World world;
    private final Settings settings;
    private final Set<ExecutorId> present = new LinkedHashSet<>();
    private final Map<ExecutorId, Long> heardOf = new LinkedHashMap<>();
    private final Set<ExecutorId> draining = new LinkedHashSet<>();
    private final Set<ExecutorId> gone = new LinkedHashSet<>();
    private final Set<JobId> doomed = new LinkedHashSet<>();
    private int failedInARow;
    private boolean hopeless;

    LaunchRules(World world, Settings settings) {
        this.world = world;
        this.settings = settings;
    }

    void watch(Event event, Set<JobId> running) {
        if (event instanceof Event.ContainerAllocated allocated) {
            add(allocated.executor());
        } else if (event instanceof Event.ExecutorAttached attached) {
            add(attached.executor());
            heardOf.merge(attached.executor(), attached.incarnation(), Math::max);
            failedInARow = 0;
        } else if (event instanceof Event.ExecutorDraining drains && present.contains(drains.executor())) {
            draining.add(drains.executor());
        } else if (event instanceof Event.NodeLost lost) {
            Set.copyOf(present).stream()
                    .filter(id -> world.executors.get(id).node.equals(lost.node()))
                    .forEach(this::released);
        } else if (event instanceof Event.ExecutorLost lost && !(lost.cause() instanceof Cause.Unreachable)) {
            lost(lost, running);
        }
    }

    private void add(ExecutorId executor) {
        if (!gone.contains(executor)) {
            present.add(executor);
        }
    }

    private void lost(Event.ExecutorLost lost, Set<JobId> running) {
        boolean old = lost.incarnation() < heardOf.getOrDefault(lost.executor(), -1L);
        if (old || !present.contains(lost.executor())) {
            return;
        }
        released(lost.executor());
        boolean cameToNothing = !heardOf.containsKey(lost.executor()) && !draining.contains(lost.executor());
        if (cameToNothing && !(lost.cause() instanceof Cause.NodeLost)) {
            failedInARow++;
            if (failedInARow >= settings.minExecutors() + SPARE_LAUNCHES && present.isEmpty()) {
                failedInARow = 0;
                hopeless = true;
                doomed.addAll(running);
            }
        }
    }

    /** Its container is given back or its node is gone. */
    void released(ExecutorId executor) {
        present.remove(executor);
        gone.add(executor);
    }

    /** Whether it became so since the last pass. */
    boolean areHopeless() {
        return hopeless;
    }

    void settled(Set<JobId> running) {
        Rules.require(Collections.disjoint(doomed, running), doomed + " wait for executors that cannot be had");
        hopeless = false;
        doomed.clear();
    }
}
