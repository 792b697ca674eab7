package io.raddle.cluster;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many executors are wanted in all, and how many of the waiting tasks would run beside their input per host. */
public record Demand(int executors, SortedMap<String, Integer> tasksByHost) {
    public Demand {
        tasksByHost = Collections.unmodifiableSortedMap(new TreeMap<>(tasksByHost));
    }

    /** That many executors, anywhere. */
    public static Demand anywhere(int executors) {
        return new Demand(executors, new TreeMap<>());
    }
}
