package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.Resource;

/**
 * Keeps the sentences that say why containers are not here: none at first, for most come within moments, then fresh ones
 * each second. Updated by the allocating thread, read by all.
 */
final class WaitingLine implements AutoCloseable {
    private static final long SILENT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final WaitingReasons reasons;
    private final Probing probe;
    private boolean waiting;
    private long since;
    private long spokeAt;
    private volatile List<String> sentences = List.of();

    WaitingLine(WaitingReasons reasons, Probing probe) {
        this.reasons = reasons;
        this.probe = probe;
    }

    /** Looks at how things stand after a call to the ResourceManager. */
    void update(long now, int missing, Optional<Cause> failure, AllocateResponse response) {
        boolean progressed = !response.getAllocatedContainers().isEmpty();
        if (missing == 0 || progressed || !waiting) {
            waiting = missing > 0;
            since = now;
            spokeAt = now;
            sentences = List.of();
            return;
        }
        if (now - since >= SILENT_NANOS && now - spokeAt >= FRESH_NANOS) {
            spokeAt = now;
            Resource headroom = response.getAvailableResources();
            List<String> said = new ArrayList<>(reasons.sentences(
                    missing,
                    Duration.ofNanos(now - since).toSeconds(),
                    probe.view(
                            headroom == null ? Resource.newInstance(0, 0) : headroom, response.getNumClusterNodes())));
            failure.ifPresent(cause -> said.add("The last executor failed: " + cause.sentences()));
            sentences = List.copyOf(said);
        }
    }

    List<String> sentences() {
        return sentences;
    }

    @Override
    public void close() {
        probe.close();
    }

    /** Completes what an allocate response tells with what the ResourceManager's other service knows; never blocks. */
    interface Probing extends AutoCloseable {
        WaitingReasons.View view(Resource headroom, int nodes);

        @Override
        void close();
    }
}
