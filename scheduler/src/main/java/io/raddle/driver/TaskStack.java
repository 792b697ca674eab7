package io.raddle.driver;

import io.raddle.fault.Cause;
import java.util.Optional;

/** The stack of a task that failed in another process, shown as the origin of what the program sees. */
final class TaskStack extends Exception {
    private static final long serialVersionUID = 1L;

    private TaskStack(String stack) {
        super(stack, null, false, false);
    }

    static Optional<TaskStack> of(Cause cause) {
        if (cause instanceof Cause.TaskFailed failed) {
            return of(failed.last());
        }
        if (cause instanceof Cause.UserException thrown) {
            return Optional.of(new TaskStack(thrown.stack()));
        }
        if (cause instanceof Cause.InternalError defect) {
            return Optional.of(new TaskStack(defect.stack()));
        }
        return Optional.empty();
    }

    // The message is the stack of another process, which no other getMessage must show.
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return "in the task: " + getMessage();
    }
}
