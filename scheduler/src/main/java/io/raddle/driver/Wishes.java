package io.raddle.driver;

import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Demand;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How many containers the driver wants in all: those that are, drained and given-back ones too until they end, and those
 * that the core misses. Belongs to the driver's thread.
 */
final class Wishes {
    private final ClusterManager cluster;
    private final Roster roster;
    private Optional<Missing> missing = Optional.empty();
    private Optional<Demand> told = Optional.empty();

    Wishes(ClusterManager cluster, Roster roster) {
        this.cluster = cluster;
        this.roster = roster;
    }

    private record Missing(int containers, SortedMap<String, Integer> tasksByHost) {}

    /** The core misses that many from now on, whichever come and go. */
    void miss(int containers, SortedMap<String, Integer> tasksByHost) {
        missing = Optional.of(new Missing(containers, tasksByHost));
    }

    /** Gives one back; it counts until it has ended. */
    void release(String container) {
        cluster.release(container);
    }

    /** One has ended: whether the cluster would have another in its place is for it to hear anew. */
    void ended() {
        told = Optional.empty();
    }

    /** Tells the cluster the total when it is another one than it knows. */
    void tell() {
        Optional<Demand> now = missing.map(it -> new Demand(roster.containers() + it.containers(), it.tasksByHost()));
        if (!now.equals(told)) {
            told = now;
            now.ifPresent(cluster::ask);
        }
    }
}
