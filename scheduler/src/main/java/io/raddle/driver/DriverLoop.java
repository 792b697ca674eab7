package io.raddle.driver;

import io.raddle.fault.Cause;
import io.raddle.schedule.Action;
import io.raddle.schedule.Event;
import io.raddle.schedule.SchedulerCore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
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
    /** What the loop's thread posts to itself: it cannot wait for room that only it makes. A few for each step at most. */
    private final Queue<Runnable> own = new ArrayDeque<>();

    private volatile Optional<Cause> over = Optional.empty();
    private volatile @Nullable Thread thread;

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

    /**
     * Runs a step on the loop's thread, soon; false once the loop is {@link #over}. A step that was taken just before may
     * never run, so whoever waits for one must hear of the end by another way. An interrupt does not stop it. A step that
     * the loop's own thread posts comes before those that wait.
     */
    boolean post(Runnable step) {
        if (Thread.currentThread() == thread) {
            return over.isEmpty() && own.add(step);
        }
        boolean interrupted = Thread.interrupted();
        boolean taken = false;
        while (!taken && over.isEmpty()) {
            taken = offered(step);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }

    /** Why no more steps run; empty while they do. */
    Optional<Cause> over() {
        return over;
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
            while (over.isEmpty()) {
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
            Cause defect = new Cause.InternalError(e.toString(), stackOf(e));
            over = Optional.of(defect);
            rounds.broken(defect);
        }
    }

    private void drain(long waitNanos) {
        try {
            Runnable step = own.isEmpty() ? inbox.poll(Math.max(0, waitNanos), TimeUnit.NANOSECONDS) : own.remove();
            for (int steps = 1; step != null; steps++) {
                step.run();
                step = steps < STEPS_PER_ROUND ? next() : null;
            }
        } catch (InterruptedException e) {
            if (over.isEmpty()) {
                throw new IllegalStateException("something interrupted the driver's thread", e);
            }
        }
    }

    private @Nullable Runnable next() {
        Runnable mine = own.poll();
        return mine == null ? inbox.poll() : mine;
    }

    private static String stackOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public void close() {
        if (over.isEmpty()) {
            over = Optional.of(new Cause.Cancelled("the end of the application"));
        }
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
