package io.raddle.yarn.client.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How often the ResourceManager is asked: every few milliseconds after a change, ever more rarely while nothing happens. */
final class Pace {
    private static final long FIRST_MILLIS = 20;
    private static final long LAST_MILLIS = 500;
    private static final double GROWTH = 1.06;

    private double pause = FIRST_MILLIS;

    static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    void restart() {
        pause = FIRST_MILLIS;
    }

    void pause() {
        LockSupport.parkNanos(Duration.ofMillis((long) pause).toNanos());
        pause = Math.min(LAST_MILLIS, pause * GROWTH);
    }

    /** Waits until the threads have ended, or until none of their work moves any more. */
    static void join(List<Thread> threads, BooleanSupplier moves) {
        try {
            for (Thread thread : threads) {
                do {
                    thread.join(LAST_MILLIS);
                } while (thread.isAlive() && moves.getAsBoolean());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
