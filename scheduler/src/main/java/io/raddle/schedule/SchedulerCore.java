package io.raddle.schedule;

import java.util.ArrayList;
import java.util.List;

/** All scheduling state of one driver. Owned by one thread; time is an argument. */
public final class SchedulerCore {
    private final List<Action> outbox = new ArrayList<>();

    public SchedulerCore(Settings settings) {
        if (settings.batchLimit() < 1) {
            throw new IllegalArgumentException("no batch");
        }
    }

    /** Takes one event in. Cheap; nothing is placed before {@link #settle}. */
    public void on(Event event, long nowNanos) {}

    /** Makes one placement pass and hands out all actions since the last call, in order. */
    public List<Action> settle(long nowNanos) {
        List<Action> actions = List.copyOf(outbox);
        outbox.clear();
        return actions;
    }

    /** Why work waits, one sentence each; empty when nothing does. */
    public List<String> explain(long nowNanos) {
        return List.of();
    }

    /** What observers may know. */
    public Progress progress() {
        return new Progress(List.of(), List.of(), List.of(), 0, 0, 0);
    }
}
