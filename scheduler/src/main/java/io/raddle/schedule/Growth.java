package io.raddle.schedule;

/**
 * How many executors work may have by now: the first at once, then one more, two more, four more, a step for each pace
 * that work goes on waiting for, as Spark's dynamic allocation does. A short burst so brings few, a long one soon all.
 */
final class Growth {
    private final int first;
    private final int most;
    private final long paceNanos;
    private int limit;
    private int step = 1;
    private long nextStep;

    Growth(int first, int most, long paceNanos) {
        this.first = first;
        this.most = most;
        this.paceNanos = paceNanos;
        limit = first;
    }

    int limit() {
        return limit;
    }

    /** {@code wanted} are those that the work deserves, {@code present} those that are there or on their way. */
    void tick(int wanted, int present, long now) {
        if (wanted <= limit) {
            limit = Math.max(first, Math.min(limit, Math.max(wanted, present)));
            step = 1;
            nextStep = now + paceNanos;
        } else if (now - nextStep >= 0) {
            limit = (int) Math.min(most, (long) limit + step);
            step = Math.min(most, 2 * step);
            nextStep = now + paceNanos;
        }
    }
}
