package io.raddle.scope;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the calling thread works for, set by the slot that runs a task for as long as it does. Threads that user code
 * starts work for nobody: what was thawed on the task's thread goes on working there.
 */
public final class CurrentTask {
    private static final ThreadLocal<Object> CURRENT = new ThreadLocal<>();

    private CurrentTask() {}

    /** Runs {@code work} for {@code task}. */
    public static <T> T during(Object task, Callable<T> work) throws Exception {
        CURRENT.set(task);
        try {
            return work.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** What the task of this thread offers as {@code type}; empty outside of a task. */
    public static <T> Optional<T> as(Class<T> type) {
        return Optional.ofNullable(CURRENT.get()).filter(type::isInstance).map(type::cast);
    }
}
