package io.raddle.shared;

/** Hears that a task has ended, well or not. */
@FunctionalInterface
public interface TaskCompletionListener {
    /** The task has ended; an exception makes a task that had ended well fail. */
    void onTaskCompletion(TaskContext context) throws Exception;
}
