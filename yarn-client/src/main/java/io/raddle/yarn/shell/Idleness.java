package io.raddle.yarn.shell;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ends a shell that nobody uses: interrupts the thread that waits for a line. Thread-safe. */
final class Idleness implements AutoCloseable {
    private static final int LOOKS = 20;

    private final long limitNanos;
    private final BooleanSupplier busy;
    private final Thread waiting;
    private final ScheduledExecutorService looks;
    private volatile long last = System.nanoTime();
    private volatile boolean over;

    /** After {@code limit} in which nobody typed and nothing was {@code busy}. */
    Idleness(Duration limit, BooleanSupplier busy, Thread waiting) {
        this.limitNanos = limit.toNanos();
        this.busy = busy;
        this.waiting = waiting;
        this.looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "raddle-idle");
            thread.setDaemon(true);
            return thread;
        });
        long pace = Math.max(1, limitNanos / LOOKS);
        looks.scheduleAtFixedRate(this::look, pace, pace, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (busy.getAsBoolean()) {
            used();
        } else if (System.nanoTime() - last >= limitNanos && !over) {
            over = true;
            waiting.interrupt();
        }
    }

    /** Somebody is there. */
    void used() {
        last = System.nanoTime();
    }

    boolean over() {
        return over;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
