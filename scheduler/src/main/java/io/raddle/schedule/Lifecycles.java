package io.raddle.schedule;

import java.util.List;

/** Every lifecycle of the core on one screen. */
final class Lifecycles {
    enum JobState {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    enum StageState {
        /** Nobody waits for it. */
        IDLE,
        /** A job waits for it, but a shuffle that it reads is not complete. */
        WAITING,
        /** Its tasks may be placed. */
        RUNNING,
        /** All its tasks are done and nothing of it is lost. */
        DONE,
        /** Nobody can ask for it any more. */
        RETIRED
    }

    enum TaskState {
        PENDING,
        RUNNING,
        /** Its running attempt may publish, and has not said how that went. */
        COMMITTING,
        DONE
    }

    enum ExecutorState {
        /** A container was granted; nothing was heard from it. */
        ALLOCATED,
        ATTACHED,
        /** It takes no further task. */
        DRAINING,
        /** Not heard from for too long; it may still run. */
        SILENT,
        /** Its process is known to have ended. */
        GONE
    }

    static final Lifecycle<JobState> JOB = Lifecycle.of("job", JobState.class)
            .may(JobState.RUNNING, JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED);

    static final Lifecycle<StageState> STAGE = Lifecycle.of("stage", StageState.class)
            .may(StageState.IDLE, StageState.WAITING, StageState.RETIRED)
            .may(StageState.WAITING, StageState.RUNNING, StageState.DONE, StageState.IDLE)
            .may(StageState.RUNNING, StageState.DONE, StageState.WAITING, StageState.IDLE)
            .may(StageState.DONE, StageState.IDLE, StageState.RETIRED);

    static final Lifecycle<TaskState> TASK = Lifecycle.of("task", TaskState.class)
            .may(TaskState.PENDING, TaskState.RUNNING)
            .may(TaskState.RUNNING, TaskState.DONE, TaskState.COMMITTING, TaskState.PENDING)
            .may(TaskState.COMMITTING, TaskState.DONE, TaskState.PENDING)
            .may(TaskState.DONE, TaskState.PENDING);

    static final Lifecycle<ExecutorState> EXECUTOR = Lifecycle.of("executor", ExecutorState.class)
            .may(ExecutorState.ALLOCATED, ExecutorState.ATTACHED, ExecutorState.SILENT, ExecutorState.GONE)
            .may(ExecutorState.ATTACHED, ExecutorState.DRAINING, ExecutorState.SILENT, ExecutorState.GONE)
            .may(ExecutorState.DRAINING, ExecutorState.SILENT, ExecutorState.GONE)
            .may(ExecutorState.SILENT, ExecutorState.ATTACHED, ExecutorState.GONE);

    static final List<Lifecycle<?>> ALL = List.of(JOB, STAGE, TASK, EXECUTOR);

    private Lifecycles() {}
}
