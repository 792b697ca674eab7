package io.raddle.yarn.client.watch;

import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.QueueInfo;

/**
 * Says why an application has no master yet: what the ResourceManager notes at it, how full its queue is and how many
 * nodes run. Most masters start within a moment, so nothing is asked before one has not. Belongs to one thread; time is
 * an argument in milliseconds.
 */
final class MasterWait {
    private static final long SILENT_MILLIS = 1500;
    private static final long FRESH_MILLIS = 1000;

    private final ResourceManager resourceManager;
    private OptionalLong since = OptionalLong.empty();
    private OptionalLong askedAt = OptionalLong.empty();
    private List<String> cluster = List.of();

    MasterWait(ResourceManager resourceManager) {
        this.resourceManager = resourceManager;
    }

    /** For an application that is accepted and has no master; empty while YARN has noted no reason. */
    List<String> sentences(ApplicationReport report, long now) {
        since = OptionalLong.of(since.orElse(now));
        List<String> reasons = Diagnostics.waiting(report.getDiagnostics());
        if (reasons.isEmpty() || now - since.getAsLong() < SILENT_MILLIS) {
            return reasons;
        }
        if (askedAt.isEmpty() || now - askedAt.getAsLong() >= FRESH_MILLIS) {
            askedAt = OptionalLong.of(now);
            cluster = cluster(report.getQueue());
        }
        List<String> sentences = new ArrayList<>(reasons);
        sentences.addAll(cluster);
        return sentences;
    }

    private List<String> cluster(String queue) {
        try {
            List<String> sentences = new ArrayList<>();
            resourceManager.queue(queue).map(it -> use(queue, it)).ifPresent(sentences::add);
            int nodes = resourceManager.nodes();
            sentences.add(
                    nodes == 0
                            ? "The cluster has no NodeManager that runs; ask its administrator."
                            : "The cluster has " + nodes + (nodes == 1 ? " node." : " nodes."));
            return sentences;
        } catch (RaddleException e) {
            return List.of(e.fault().sentences());
        }
    }

    private static String use(String queue, QueueInfo info) {
        return String.format(
                Locale.ROOT,
                "Queue %s uses %.0f %% of its capacity and may use %.0f %%.",
                queue,
                100 * info.getCurrentCapacity(),
                info.getCapacity() == 0 ? 100 : 100 * info.getMaximumCapacity() / info.getCapacity());
    }
}
