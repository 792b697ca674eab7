package io.raddle.shared;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.scope.CurrentTask;
import java.util.Optional;

/** What a task may know of itself. Belongs to the task's thread, but for {@link #isInterrupted()}. */
public interface TaskContext {
    /**
     * That of the task which runs on this thread. Threads that a function starts have none: hand it to them.
     *
     * @throws RaddleException outside of a task, where Spark gives null
     */
    static TaskContext get() {
        return find().orElseThrow(() -> new RaddleException(new Cause.InvalidInput(
                "TaskContext.get() was called by a thread that runs no task.",
                "Call it inside of a function that runs in executors, on the thread that the function is called on.")));
    }

    /** The same, and empty outside of a task. */
    static Optional<TaskContext> find() {
        return CurrentTask.as(TaskContext.class);
    }

    /** Number of the stage. */
    int stageId();

    /** Which partition of the stage it computes. */
    int partitionId();

    /** How many attempts at this partition came before, whatever became of them; unlike Spark's, never used twice. */
    int attemptNumber();

    /** Number of the executor that runs it. */
    int executorId();

    /** Name of the host that runs it. */
    String host();

    /** Whether the task was killed, so that what it still does is of no use. Safe for all threads. */
    boolean isInterrupted();

    /** Calls the listener when the task has ended, whichever way; the last one added is called first. */
    void addTaskCompletionListener(TaskCompletionListener listener);

    /** Calls the listener when the task fails, before those that hear of its end; the last one added is called first. */
    void addTaskFailureListener(TaskFailureListener listener);
}
