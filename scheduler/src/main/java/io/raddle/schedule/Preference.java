package io.raddle.schedule;

import io.raddle.id.ExecutorId;
import java.util.List;

/** Where one task would rather run, best first by kind. Equal preferences should share one instance. */
public record Preference(List<ExecutorId> executors, List<String> hosts, List<String> racks) {
    /** A task that may run anywhere at once. */
    public static final Preference NONE = new Preference(List.of(), List.of(), List.of());

    public Preference {
        executors = List.copyOf(executors);
        hosts = List.copyOf(hosts);
        racks = List.copyOf(racks);
    }

    /** The hosts that hold what the task reads. */
    public static Preference hosts(List<String> hosts) {
        return hosts.isEmpty() ? NONE : new Preference(List.of(), hosts, List.of());
    }

    boolean isNone() {
        return executors.isEmpty() && hosts.isEmpty() && racks.isEmpty();
    }
}
