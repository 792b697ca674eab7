package io.raddle;

import java.util.List;

/** A job of a session: what the program called and where, its stages in the order in which they are needed. */
public record JobInfo(int jobId, String name, Status status, List<Integer> stageIds) {
    /** How far a job is. */
    public enum Status {
        /** It has begun and not ended. */
        RUNNING,
        /** It gave its result. */
        SUCCEEDED,
        /** It ended otherwise. */
        FAILED
    }

    public JobInfo {
        stageIds = List.copyOf(stageIds);
    }
}
