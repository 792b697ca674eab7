package io.raddle.schedule;

import java.util.ArrayList;
import java.util.List;

/** A ring of the latest events with their number and time, to be read when something impossible happened. */
final class Chronicle {
    private record Entry(long sequence, long nowNanos, Event event) {}

    private final Entry[] ring;
    private long sequence;

    Chronicle(int size) {
        ring = new Entry[size];
    }

    void add(long now, Event event) {
        ring[(int) (sequence % ring.length)] = new Entry(sequence, now, event);
        sequence++;
    }

    /** The latest events, oldest first, one line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, sequence - ring.length); i < sequence; i++) {
            Entry entry = ring[(int) (i % ring.length)];
            lines.add("#" + entry.sequence() + " at " + entry.nowNanos() + " ns: " + entry.event());
        }
        return lines;
    }
}
