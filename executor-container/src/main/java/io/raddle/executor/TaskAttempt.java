package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.pipeline.KillSwitch;
import io.raddle.proto.TaskLaunch;
import org.jspecify.annotations.Nullable;

/** One launched attempt from its arrival to its report. Its slot runs it; any thread may kill it. */
final class TaskAttempt {
    private final TaskLaunch launch;
    private final AttemptId id;
    private final KillSwitch killSwitch = new KillSwitch();
    private @Nullable Thread runner;
    private boolean publishing;

    TaskAttempt(TaskLaunch launch) {
        this.launch = launch;
        this.id = AttemptIdCodec.decode(launch.getAttempt());
    }

    TaskLaunch launch() {
        return launch;
    }

    AttemptId id() {
        return id;
    }

    KillSwitch killSwitch() {
        return killSwitch;
    }

    synchronized boolean running() {
        return runner != null;
    }

    /** The calling thread runs it from now on and is interrupted when it is killed. */
    synchronized void begin() {
        runner = Thread.currentThread();
    }

    /** The calling thread runs it no longer; an interrupt that came for it is gone too. */
    synchronized void end() {
        runner = null;
        // The flag belongs to the task that is over.
        boolean cleared = Thread.interrupted();
        publishing = publishing && !cleared;
    }

    /** From now on it cannot be killed, since what it does next must not stop half-way. */
    synchronized void publish() {
        Cause killed = killSwitch.cause();
        if (killed != null) {
            throw new RaddleException(killed);
        }
        publishing = true;
    }

    synchronized void kill(Cause why) {
        if (publishing) {
            return;
        }
        killSwitch.kill(why);
        if (runner != null) {
            runner.interrupt();
        }
    }
}
