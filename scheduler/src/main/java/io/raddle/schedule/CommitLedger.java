package io.raddle.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which attempts may publish their output. One that holds a grant has no other beside it, and keeps its task until it
 * reports or its executor is known to have ended: silence is not death.
 */
final class CommitLedger {
    private static final long HEARD = Long.MAX_VALUE;

    /** Since when the holder's executor is silent. */
    private final Map<Attempt, Long> grants = new LinkedHashMap<>();

    void grant(Attempt attempt) {
        grants.put(attempt, HEARD);
    }

    boolean holds(Attempt attempt) {
        return grants.containsKey(attempt);
    }

    /** The attempt reported, or cannot any more. */
    void settle(Attempt attempt) {
        grants.remove(attempt);
    }

    void silent(Attempt attempt, long now) {
        grants.replace(attempt, now);
    }

    void heard(Attempt attempt) {
        grants.replace(attempt, HEARD);
    }

    /** Holders on executors that have been silent for longer than this. */
    List<Attempt> silentFor(long nanos, long now) {
        List<Attempt> overdue = new ArrayList<>();
        grants.forEach((attempt, since) -> {
            if (since != HEARD && now - since > nanos) {
                overdue.add(attempt);
            }
        });
        return overdue;
    }

    boolean anySilent() {
        return grants.values().stream().anyMatch(since -> since != HEARD);
    }
}
