package io.raddle.relay;

import io.raddle.id.ExecutorId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Credit that is said to the master several frames at a time. What is kept back is a little of what an executor
 * has been given, so that none waits for it, and it is said before long all the same. Thread-safe.
 */
final class Credit {
    /** Far less than what a driver gives an executor when it attaches. */
    private static final int TOGETHER = 8;

    private final Map<ExecutorId, Integer> kept = new HashMap<>();

    synchronized OptionalInt add(ExecutorId executor, int frames) {
        int all = kept.getOrDefault(executor, 0) + frames;
        kept.put(executor, all < TOGETHER ? all : 0);
        return all < TOGETHER ? OptionalInt.empty() : OptionalInt.of(all);
    }

    /** What is kept back, to be said now. */
    synchronized Map<ExecutorId, Integer> takeKept() {
        Map<ExecutorId, Integer> all = new HashMap<>(kept);
        all.values().removeIf(frames -> frames == 0);
        kept.clear();
        return all;
    }

    /** The executor attached anew, and has none. */
    synchronized void forget(ExecutorId executor) {
        kept.remove(executor);
    }
}
