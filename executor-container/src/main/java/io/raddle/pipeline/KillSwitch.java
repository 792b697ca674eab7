package io.raddle.pipeline;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import org.jspecify.annotations.Nullable;

/** Ends a task from another thread: pipelines ask it once for each record. Thread-safe. */
public final class KillSwitch {
    private volatile @Nullable Cause cause;

    /** Makes the task end at its next record; the first cause stays. */
    public synchronized void kill(Cause why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** Why the task shall end, or null. */
    public @Nullable Cause cause() {
        return cause;
    }

    /** Throws the cause when there is one. */
    public void check() {
        Cause why = cause;
        if (why != null) {
            throw new RaddleException(why);
        }
    }
}
