package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.NodeId;
import io.raddle.id.StageId;
import java.util.List;
import java.util.Optional;

/**
 * What observers may know: a copy, bounded to what runs and the last {@value #REMEMBERED} jobs and stages that ended.
 * Nothing in the engine decides by it.
 */
public record Progress(
        List<JobView> jobs,
        List<StageView> stages,
        List<ExecutorView> executors,
        long tasksDone,
        long tasksKnown,
        int jobsDone) {
    static final int REMEMBERED = 100;

    public Progress {
        jobs = List.copyOf(jobs);
        stages = List.copyOf(stages);
        executors = List.copyOf(executors);
    }

    /** {@code cause} is there when it failed or was cancelled. */
    public record JobView(JobId job, String state, Optional<Cause> cause) {}

    /**
     * {@code failed} counts attempts, {@code rounds} how often the stage began; the times are of the last round, 0 where it
     * has not begun or ended. {@code job} first asked for it.
     */
    public record StageView(
            StageId stage,
            JobId job,
            String state,
            int rounds,
            int tasks,
            int done,
            int running,
            int failed,
            long startedNanos,
            long endedNanos) {
        /** Whether all its tasks are done. */
        public boolean complete() {
            return done == tasks;
        }
    }

    /** {@code kept} counts the partitions that it is known to keep. */
    public record ExecutorView(ExecutorId executor, NodeId node, String state, int slots, int running, int kept) {}
}
