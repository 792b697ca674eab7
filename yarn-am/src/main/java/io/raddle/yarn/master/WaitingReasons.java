package io.raddle.yarn.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.yarn.api.records.Resource;

/** Says in sentences why containers that were asked for are not here. Pure. */
final class WaitingReasons {
    private final String queue;
    private final Resource shape;

    /** For executors of this shape, asked of this queue. */
    WaitingReasons(String queue, Resource shape) {
        this.queue = queue;
        this.shape = shape;
    }

    /** The sentences for {@code missing} containers, of which the latest view of the cluster is given. */
    List<String> sentences(int missing, long waitedSeconds, View view) {
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "%d executor%s of %,d MiB and %s %s been missing for %d s.",
                missing,
                missing == 1 ? "" : "s",
                shape.getMemorySize(),
                cores(shape.getVirtualCores()),
                missing == 1 ? "has" : "have",
                waitedSeconds));
        view.largestNodeMib().ifPresent(largest -> {
            if (largest < shape.getMemorySize()) {
                sentences.add(String.format(
                        Locale.ROOT,
                        "No node offers that much: the largest has %,d MiB in all; ask for a smaller --executor-memory.",
                        largest));
            }
        });
        if (view.nodes() == 0) {
            sentences.add("The cluster has no NodeManager that runs; ask its administrator.");
        } else {
            sentences.add(room(view));
        }
        view.queueUse()
                .ifPresent(use -> sentences.add(String.format(
                        Locale.ROOT,
                        "Queue %s uses %.0f %% of its capacity, which is %.0f %% of %s and may grow to %.0f %%.",
                        queue,
                        use.usedPercent(),
                        use.capacityPercent(),
                        whole(),
                        use.maximumPercent())));
        return sentences;
    }

    /** YARN tells a queue's share of the queue above it, which is the cluster only for a queue right below the root. */
    private String whole() {
        return queue.matches("root\\.[^.]+") ? "the cluster" : "the queue above it";
    }

    private String room(View view) {
        Resource free = view.headroom();
        String nodes = view.nodes() + (view.nodes() == 1 ? " node" : " nodes");
        boolean full = free.getMemorySize() < shape.getMemorySize();
        return String.format(
                Locale.ROOT,
                "The ResourceManager says that queue %s has %,d MiB and %s left for us on %s%s.",
                queue,
                free.getMemorySize(),
                cores(free.getVirtualCores()),
                nodes,
                full ? ": others must end first" : "; no single node may have as much free");
    }

    private static String cores(int number) {
        return number == 1 ? "1 core" : number + " cores";
    }

    /** What is known of the cluster; what only the ResourceManager's other services tell may be missing. */
    record View(Resource headroom, int nodes, OptionalLong largestNodeMib, Optional<QueueUse> queueUse) {}

    /** How full a queue is. */
    record QueueUse(double usedPercent, double capacityPercent, double maximumPercent) {}
}
