package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.memory.Reservation;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Sorts pairs by key, stably, in memory as long as it is granted and in runs on disk beyond. Used by the task's thread. */
final class ExternalSort {
    private static final int REFERENCE_BYTES = 8;
    private static final int ACCOUNT_BYTES = 32 << 10;
    private static final int RELEASED_AT_ONCE = 1024;

    private final Comparator<Pair<?, ?>> order;
    private final Runs runs;
    private final Footprint footprint;
    private final Reservation memory;
    private List<Pair<?, ?>> pairs = new ArrayList<>();
    private long bytes;
    private long accounted;

    @SuppressWarnings("unchecked")
    ExternalSort(Comparator<?> keyOrder, LocalDirectories directories, TaskMemory task, RecordFormat format) {
        Comparator<Object> keys = (Comparator<Object>) keyOrder;
        order = (left, right) -> keys.compare(left.key(), right.key());
        runs = new Runs(directories, task, format);
        footprint = new Footprint(format);
        memory = task.reservation();
    }

    Iterator<Pair<?, ?>> sort(Iterator<?> input) {
        try {
            while (input.hasNext()) {
                add((Pair<?, ?>) input.next());
            }
            pairs.sort(order);
            return runs.isEmpty() ? new Draining() : runs.merge(order, new Draining());
        } catch (IllegalArgumentException e) {
            throw KeyOrder.contradictory(e);
        }
    }

    private void add(Pair<?, ?> pair) {
        pairs.add(pair);
        bytes += footprint.of(pair) + REFERENCE_BYTES;
        if (bytes - accounted > ACCOUNT_BYTES) {
            accounted = bytes;
            if (!memory.tryHold(bytes)) {
                spill();
            }
        }
    }

    private void spill() {
        pairs.sort(order);
        runs.begin();
        pairs.forEach(runs::add);
        runs.end();
        pairs = new ArrayList<>();
        bytes = 0;
        accounted = 0;
        memory.hold(0);
    }

    /** What is in memory, in order; gives the memory back on the way, since whoever takes the pairs needs it next. */
    private final class Draining implements Iterator<Pair<?, ?>> {
        private final int count = pairs.size();
        private int next;

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        @SuppressWarnings("NullAway") // lets go of what was taken
        public Pair<?, ?> next() {
            if (next == count) {
                throw new NoSuchElementException();
            }
            Pair<?, ?> pair = pairs.set(next++, null);
            if (next % RELEASED_AT_ONCE == 0 || next == count) {
                memory.hold(Math.min(memory.heldBytes(), (long) ((double) bytes / count * (count - next))));
            }
            return pair;
        }
    }
}
