package io.raddle.plan;

import java.util.List;

/** A job as its session knows it; {@code stages} in the order in which they are needed. */
public record KnownJob(int id, String site, JobLabels labels, List<Integer> stages, State state) {
    /** How far it is. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        /** It ended otherwise, or nobody waited for its end. */
        FAILED
    }

    public KnownJob {
        stages = List.copyOf(stages);
    }

    KnownJob in(State next) {
        return new KnownJob(id, site, labels, stages, next);
    }
}
