package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.pipeline.KillSwitch;

/** Says why a thread of a task was interrupted. */
final class Interruption {
    private Interruption() {}

    static RaddleException of(KillSwitch killSwitch, InterruptedException origin) {
        Cause killed = killSwitch.cause();
        return new RaddleException(killed == null ? new Cause.Cancelled("the end of its executor") : killed, origin);
    }
}
