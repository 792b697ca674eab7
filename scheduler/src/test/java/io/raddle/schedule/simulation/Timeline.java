package io.raddle.schedule.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: things happen in the order of (time, sequence). */
final class Timeline {
    private record Entry(long at, long sequence, Runnable happening) {}

    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::sequence));
    private long now = 1;
    private long sequence;

    long now() {
        return now;
    }

    void after(long nanos, Runnable happening) {
        queue.add(new Entry(now + Math.max(0, nanos), sequence++, happening));
    }

    /** Lets the next thing happen, and time pass until then; answers whether there was one. */
    boolean step() {
        Entry next = queue.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.happening().run();
        return true;
    }
}
