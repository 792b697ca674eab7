package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.loader.ExitHandler;

/**
 * Ends the task in which user code called System.exit, on the task's own thread or on one that was started from there,
 * also when user code swallows the error that the call ends in. Thread-safe.
 */
final class TaskExits implements ExitHandler {
    private final ThreadLocal<TaskAttempt> current = new InheritableThreadLocal<>();

    /** The calling thread runs user code of this attempt from now on. */
    void enter(TaskAttempt attempt) {
        current.set(attempt);
    }

    /** The calling thread runs it no longer. */
    void leave() {
        current.remove();
    }

    @Override
    public void exit(int code) {
        TaskAttempt attempt = current.get();
        if (attempt != null) {
            attempt.kill(new Cause.UserExit(code));
        }
    }
}
