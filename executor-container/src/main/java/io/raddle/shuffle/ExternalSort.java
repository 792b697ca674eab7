package io.raddle.shuffle;

import io.raddle.function.NaturalOrder;
import io.raddle.function.Pair;
import io.raddle.memory.Reservation;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import io.raddle.serde.RecordWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Sorts pairs by key, stably, in memory as long as it is granted and in runs on disk beyond. Used by the task's thread. */
final class ExternalSort {
    private static final int REFERENCE_BYTES = 8;
    private static final int ACCOUNT_BYTES = 32 << 10;
    private static final int RELEASED_AT_ONCE = 1024;
    private static final int FIRST_CAPACITY = 64;

    private final Comparator<?> keyOrder;
    private final Comparator<Pair<?, ?>> order;
    private final RecordFormat format;
    private final Runs runs;
    private final Footprint footprint;
    private final Reservation memory;
    private Pair<?, ?>[] pairs = new Pair<?, ?>[FIRST_CAPACITY];
    private int count;
    /** Of the pairs in memory, as long as all of their keys have such. */
    private @Nullable KeyPrefixes prefixes;

    private long bytes;
    private long accounted;

    ExternalSort(Comparator<?> keyOrder, LocalDirectories directories, TaskMemory task, RecordFormat format) {
        this.keyOrder = keyOrder;
        this.format = format;
        order = new UserOrder(keyOrder);
        runs = new Runs(directories, task, format);
        footprint = new Footprint(format);
        memory = task.reservation();
        prefixes = noPrefixes();
    }

    private @Nullable KeyPrefixes noPrefixes() {
        return keyOrder instanceof NaturalOrder<?> natural ? new KeyPrefixes(natural.descending()) : null;
    }

    Iterator<Pair<?, ?>> sort(Iterator<?> input) {
        try {
            if (keyOrder instanceof NaturalOrder<?> natural && input instanceof BlockRecords blocks) {
                SortLog log = addAll(blocks, natural.descending());
                if (!blocks.hasNext() && count == 0) {
                    if (!runs.isEmpty() && runs.areLarge()) {
                        spill(log);
                        return runs.merge(order, Collections.emptyIterator());
                    }
                    Iterator<Pair<?, ?>> sorted = log.sorted(() -> memory.hold(0));
                    return runs.isEmpty() ? sorted : runs.merge(order, sorted);
                }
            }
            while (input.hasNext()) {
                add((Pair<?, ?>) input.next());
            }
            if (!runs.isEmpty() && runs.areLarge() && count > 0) {
                spill();
            }
            sortPairs();
            return runs.isEmpty() ? new Draining() : runs.merge(order, new Draining());
        } catch (IllegalArgumentException e) {
            throw KeyOrder.contradictory(e);
        }
    }

    /**
     * Takes pairs as they are in the blocks, as long as their keys have a number that orders them. The first that has
     * none is added as an object, and what came before it is a run.
     */
    private SortLog addAll(BlockRecords blocks, boolean descending) {
        RecordReader from = blocks.reader();
        RecordReader decoder = format.reader(runs.table());
        RecordWriter writer = format.writer(runs.table());
        SortLog log = new SortLog(descending, decoder);
        while (blocks.hasNext()) {
            byte[] bytes = from.bytes();
            int start = from.position();
            int length;
            Object key;
            if (from.cutPair()) {
                key = from.key();
                length = from.position() - start;
            } else {
                Pair<?, ?> pair = pair(from.read());
                writer.clear();
                writer.write(pair);
                key = pair.key();
                bytes = writer.buffer();
                start = 0;
                length = writer.size();
            }
            if (!log.add(key, bytes, start, length)) {
                spill(log);
                decoder.reset(bytes, start, length);
                add(pair(decoder.read()));
                return log;
            }
            if (writer.capacity() > Frames.FULL_BYTES) {
                writer.shrink();
            }
            if (log.bytes() - accounted > ACCOUNT_BYTES) {
                accounted = log.bytes();
                if (!memory.tryHold(accounted)) {
                    spill(log);
                    log = new SortLog(descending, decoder);
                }
            }
        }
        return log;
    }

    private void spill(SortLog log) {
        if (!log.isEmpty()) {
            runs.begin();
            log.writeTo(runs);
            runs.end();
        }
        accounted = 0;
        memory.hold(0);
    }

    @SuppressWarnings("NullAway") // what is sorted are pairs
    static Pair<?, ?> pair(@Nullable Object record) {
        return (Pair<?, ?>) record;
    }

    private void sortPairs() {
        if (prefixes == null) {
            Arrays.sort(pairs, 0, count, order);
        } else {
            pairs = prefixes.sorted(pairs, order);
            prefixes = null;
        }
    }

    private void add(Pair<?, ?> pair) {
        if (count == pairs.length) {
            pairs = Arrays.copyOf(pairs, count + (count >> 1));
        }
        pairs[count++] = pair;
        bytes += footprint.of(pair) + REFERENCE_BYTES;
        if (prefixes != null) {
            bytes += KeyPrefixes.BYTES;
            if (!prefixes.add(pair.key())) {
                prefixes = null;
            }
        }
        if (bytes - accounted > ACCOUNT_BYTES) {
            accounted = bytes;
            if (!memory.tryHold(bytes)) {
                spill();
            }
        }
    }

    private void spill() {
        sortPairs();
        runs.begin();
        for (int i = 0; i < count; i++) {
            runs.add(pairs[i]);
        }
        runs.end();
        pairs = new Pair<?, ?>[FIRST_CAPACITY];
        count = 0;
        prefixes = noPrefixes();
        bytes = 0;
        accounted = 0;
        memory.hold(0);
    }

    /** What is in memory, in order; gives the memory back on the way, since whoever takes the pairs needs it next. */
    private final class Draining implements Iterator<Pair<?, ?>> {
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
            Pair<?, ?> pair = pairs[next];
            pairs[next++] = null;
            if (next % RELEASED_AT_ONCE == 0 || next == count) {
                memory.hold(Math.min(memory.heldBytes(), (long) ((double) bytes / count * (count - next))));
            }
            return pair;
        }
    }
}
