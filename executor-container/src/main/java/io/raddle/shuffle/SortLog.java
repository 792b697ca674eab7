package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.serde.EncodedText;
import io.raddle.serde.RecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Serialized pairs and, beside them, what orders them: sorting moves numbers, and a pair is decoded when its turn comes.
 * Used by the task's thread.
 */
final class SortLog {
    private static final int PLACE_BYTES = Long.BYTES + Integer.BYTES;
    private static final int FIRST_CHUNK_BYTES = 4 << 10;
    private static final int MAX_CHUNK_BYTES = 1 << 20;
    private static final int FIRST_CAPACITY = 256;
    private static final int FEW = 12;
    private static final int AHEAD = 32;
    private static final int LINE_BYTES = 64;

    private final KeyPrefixes prefixes;
    private final boolean descending;
    private final RecordReader reader;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = new byte[0];
    private int used;
    /** Number of the chunk in the upper half, offset in the lower. */
    private long[] places = new long[FIRST_CAPACITY];

    private int[] lengths = new int[FIRST_CAPACITY];
    private long chunkBytes;

    SortLog(boolean descending, RecordReader reader) {
        this.descending = descending;
        this.reader = reader;
        prefixes = new KeyPrefixes(descending);
    }

    /** What all this takes, also while it is sorted. */
    long bytes() {
        return chunkBytes + (long) prefixes.count() * (KeyPrefixes.BYTES + PLACE_BYTES);
    }

    boolean isEmpty() {
        return prefixes.count() == 0;
    }

    /** Copies a pair; false, and nothing happens, where its key has no number that orders it among the others. */
    boolean add(@Nullable Object key, byte[] bytes, int offset, int length) {
        int number = prefixes.count();
        if (!prefixes.add(key)) {
            return false;
        }
        if (chunk.length - used < length) {
            long wanted = Math.min(MAX_CHUNK_BYTES, Math.max(FIRST_CHUNK_BYTES, chunkBytes / 4));
            chunk = new byte[(int) Math.max(wanted, length)];
            chunks.add(chunk);
            chunkBytes += chunk.length;
            used = 0;
        }
        if (number == places.length) {
            places = Arrays.copyOf(places, number + (number >> 1));
            lengths = Arrays.copyOf(lengths, places.length);
        }
        System.arraycopy(bytes, offset, chunk, used, length);
        places[number] = (long) (chunks.size() - 1) << Integer.SIZE | used;
        lengths[number] = length;
        used += length;
        return true;
    }

    /** Appends all pairs to the run that was begun, in order. */
    void writeTo(Runs runs) {
        for (int number : prefixes.sorted(this::sortTies)) {
            runs.add(chunkOf(number), offset(number), lengths[number]);
        }
    }

    /** All pairs in order; {@code end} is called with the last one. */
    Iterator<Pair<?, ?>> sorted(Runnable end) {
        return new Decoding(prefixes.sorted(this::sortTies), end);
    }

    private final class Decoding implements Iterator<Pair<?, ?>> {
        private final int[] order;
        private final Runnable end;
        private final long[] ahead = new long[AHEAD];
        private int next;
        /** Keeps the touching from being optimized away. */
        @SuppressWarnings("UnusedVariable")
        private int touched;

        Decoding(int[] order, Runnable end) {
            this.order = order;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return next < order.length;
        }

        @Override
        public Pair<?, ?> next() {
            if (next == order.length) {
                throw new NoSuchElementException();
            }
            if (next % AHEAD == 0) {
                touchAhead();
            }
            long place = ahead[next++ % AHEAD];
            byte[] from = chunkAt(place);
            reader.reset(from, (int) place, from.length - (int) place);
            Pair<?, ?> pair = ExternalSort.pair(reader.read());
            if (next == order.length) {
                chunks.clear();
                end.run();
            }
            return pair;
        }

        /** Touches some pairs at once: the processor then waits for them side by side, not one after the other. */
        private void touchAhead() {
            int many = Math.min(AHEAD, order.length - next);
            for (int i = 0; i < many; i++) {
                ahead[i] = places[order[next + i]];
            }
            int sum = 0;
            for (int i = 0; i < many; i++) {
                byte[] from = chunkAt(ahead[i]);
                int at = (int) ahead[i];
                sum += from[at] + from[Math.min(at + LINE_BYTES, from.length - 1)];
            }
            touched += sum;
        }
    }

    private byte[] chunkAt(long place) {
        return chunks.get((int) (place >>> Integer.SIZE));
    }

    private byte[] chunkOf(int number) {
        return chunkAt(places[number]);
    }

    private int offset(int number) {
        return (int) places[number];
    }

    /** A merge sort that moves nothing but places; what it compares are strings in the log. */
    private void sortTies(int[] indices, int from, int to) {
        if (to - from <= FEW) {
            insert(indices, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sortTies(indices, from, middle);
        sortTies(indices, middle, to);
        if (compare(indices[middle - 1], indices[middle]) <= 0) {
            return;
        }
        int[] lower = Arrays.copyOfRange(indices, from, middle);
        int left = 0;
        int right = middle;
        int at = from;
        while (left < lower.length) {
            indices[at++] = right < to && compare(indices[right], lower[left]) < 0 ? indices[right++] : lower[left++];
        }
    }

    private void insert(int[] indices, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int moved = indices[i];
            int at = i;
            while (at > from && compare(moved, indices[at - 1]) < 0) {
                indices[at] = indices[at - 1];
                at--;
            }
            indices[at] = moved;
        }
    }

    /** The key of a pair is behind the byte that says that it is one. */
    private int compare(int one, int other) {
        int compared = EncodedText.compare(chunkOf(one), offset(one) + 1, chunkOf(other), offset(other) + 1);
        return descending ? -compared : compared;
    }
}
