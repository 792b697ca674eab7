package io.raddle.yarn.master;

import java.time.Duration;

/**
 * How long to wait until the ResourceManager is asked again: quickly for a while after the demand grew, for that is when
 * a grant saves the user's time, then ever more slowly. One thread; takes the time as an argument.
 */
final class PollPace {
    private static final long QUICK_NANOS = Duration.ofMillis(20).toNanos();
    private static final long QUICK_FOR_NANOS = Duration.ofSeconds(2).toNanos();

    private final long slowNanos;
    private long quickUntil;
    private long interval = QUICK_NANOS;

    /** Calls at least every {@code slowest}. */
    PollPace(long now, Duration slowest) {
        slowNanos = slowest.toNanos();
        quickUntil = now + QUICK_FOR_NANOS;
    }

    /** More containers are wanted, or others than before. */
    void demandChanged(long now) {
        quickUntil = now + QUICK_FOR_NANOS;
        interval = QUICK_NANOS;
    }

    /** Nanoseconds to wait after a call that left {@code missing} containers owed. */
    long next(long now, int missing) {
        if (missing == 0) {
            interval = slowNanos;
        } else if (now - quickUntil >= 0) {
            interval = Math.min(slowNanos, interval * 2);
        } else {
            interval = QUICK_NANOS;
        }
        return interval;
    }
}
