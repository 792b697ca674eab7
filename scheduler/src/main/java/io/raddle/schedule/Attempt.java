package io.raddle.schedule;

import io.raddle.id.AttemptId;

/** An attempt that is on its way: launched and not reported. There are no others; what ended is a number in its task. */
final class Attempt {
    private static final long WAITS = Long.MAX_VALUE;

    final AttemptId id;
    final Stage stage;
    final int task;
    final Executor executor;
    final long launchedNanos;
    private long begunNanos = WAITS;
    private boolean recalled;

    Attempt(AttemptId id, Stage stage, int task, Executor executor, long launchedNanos) {
        this.id = id;
        this.stage = stage;
        this.task = task;
        this.executor = executor;
        this.launchedNanos = launchedNanos;
    }

    /** Whether it runs, as far as the core can know, and does not wait in its executor's queue. */
    boolean hasBegun() {
        return begunNanos != WAITS;
    }

    void begin(long now) {
        begunNanos = now;
    }

    /** Since when it runs. */
    long begunNanos() {
        return begunNanos;
    }

    boolean recalled() {
        return recalled;
    }

    void recall() {
        recalled = true;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
