package io.raddle.driver;

import io.raddle.fault.Cause;
import io.raddle.schedule.Action;
import io.raddle.schedule.Event;
import io.raddle.schedule.SchedulerCore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread around the core: drains its inbox, so feeding the core, lets it decide once and has that done. Frames
 * come only against credit, so the inbox stays far below its bound; were it full, whoever posts would wait.
 */
final class DriverLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverLoop.class);
    private static final int INBOX = 1 << 16;
    private static final int STEPS_PER_ROUND = 1024;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SchedulerCore core;
    private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(INBOX);
    private volatile boolean closed;
    private @Nullable Thread thread;

    /** What is done on the loop's thread beside the core. */
    interface Rounds {
        /** Time has passed. */
        void tick(long now);

        /** A round of decisions was done. */
        void settled(long now);

        /** A defect ended the loop; nothing is decided any more. */
        void broken(Cause cause);
    }

    DriverLoop(SchedulerCore core) {
        this.core = core;
    }

    void start(Action.Handler<?> performer, Rounds rounds) {
        Thread started = new Thread(() -> run(performer, rounds), "raddle-driver");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Runs a step on the loop's thread, soon; dropped once the loop is closed. An interrupt does not stop it. */
    void post(Runnable step) {
        boolean interrupted = Thread.interrupted();
        while (!closed && !offered(step)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean offered(Runnable step) {
        try {
            return inbox.offer(step, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tells the core; on the loop's thread only. */
    void tell(Event event) {
        core.on(event, System.nanoTime());
    }

    SchedulerCore core() {
        return core;
    }

    private void run(Action.Handler<?> performer, Rounds rounds) {
        try {
            long nextTick = System.nanoTime();
            while (!closed) {
                drain(nextTick - System.nanoTime());
                long now = System.nanoTime();
                if (now - nextTick >= 0) {
                    nextTick = now + TICK_NANOS;
                    rounds.tick(now);
                    core.on(new Event.Tick(), now);
                }
                for (Action action : core.settle(now)) {
                    action.accept(performer);
                }
                rounds.settled(now);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The driver met a defect and stops", e);
            closed = true;
            rounds.broken(new Cause.InternalError(e.toString(), stackOf(e)));
        }
    }

    private void drain(long waitNanos) {
        try {
            Runnable step = inbox.poll(Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
            for (int steps = 1; step != null; steps++) {
                step.run();
                step = steps < STEPS_PER_ROUND ? inbox.poll() : null;
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private static String stackOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public void close() {
        closed = true;
        Thread started = thread;
        if (started != null && started != Thread.currentThread()) {
            started.interrupt();
            try {
                started.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
