package io.raddle.shared;

/** Hears that a task fails. */
@FunctionalInterface
public interface TaskFailureListener {
    /** The task fails with {@code failure}; an exception here is logged and changes nothing. */
    void onTaskFailure(TaskContext context, Throwable failure) throws Exception;
}
