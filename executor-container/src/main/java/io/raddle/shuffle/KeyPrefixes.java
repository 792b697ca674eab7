package io.raddle.shuffle;

import io.raddle.function.Pair;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One number for each pair, which orders pairs as the natural order of their keys does as far as eight bytes reach, so
 * that sorting compares no objects but those whose numbers are alike. Only for keys of one class that is known here. Used
 * by the task's thread.
 */
final class KeyPrefixes {
    /** What a pair takes here at most, while it is sorted too. */
    static final int BYTES = 2 * (Long.BYTES + Integer.BYTES) + Integer.BYTES;

    /** For fewer pairs the passes over the counters cost more than comparing. */
    private static final int FEW = 1 << 10;

    private static final int FIRST_CAPACITY = 256;
    private static final int BYTE_VALUES = 256;

    private final boolean descending;
    private @Nullable Class<?> type;
    private long[] prefixes = new long[FIRST_CAPACITY];
    private int count;

    KeyPrefixes(boolean descending) {
        this.descending = descending;
    }

    /** Takes the key of the next pair; false says that it is of another class or one that is not known. */
    boolean add(@Nullable Object key) {
        if (key == null || !isOfType(key.getClass())) {
            return false;
        }
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, count + (count >> 1));
        }
        long prefix = prefix(key);
        prefixes[count++] = descending ? ~prefix : prefix;
        return true;
    }

    private boolean isOfType(Class<?> other) {
        if (type == null
                && (other == String.class || other == Integer.class || other == Long.class || other == Double.class)) {
            type = other;
        }
        return other == type;
    }

    private static long prefix(Object key) {
        if (key instanceof String text) {
            return ofText(text);
        }
        if (key instanceof Double number) {
            long bits = Double.doubleToLongBits(number);
            return bits ^ (bits >> 63 & Long.MAX_VALUE);
        }
        return ((Number) key).longValue();
    }

    /** A byte for each char; behind the first one that has no byte of its own nothing is told apart any more. */
    private static long ofText(String text) {
        int length = Math.min(Long.BYTES, text.length());
        long prefix = 0;
        int at = 0;
        while (at < length) {
            int c = Math.min(0xff, text.charAt(at++));
            prefix = prefix << Byte.SIZE | c;
            if (c == 0xff) {
                break;
            }
        }
        return (at == 0 ? 0 : prefix << Byte.SIZE * (Long.BYTES - at)) ^ Long.MIN_VALUE;
    }

    /** Puts pairs whose numbers are alike in order, given where they stand. */
    @FunctionalInterface
    interface Ties {
        void sort(int[] indices, int from, int to);
    }

    int count() {
        return count;
    }

    /** The places of the keys that were taken, sorted stably. */
    int[] sorted(Ties ties) {
        int[] indices = sortIndices();
        if (type == String.class) {
            forEachTie((from, to) -> ties.sort(indices, from, to));
        }
        return indices;
    }

    /** The pairs whose keys were taken, sorted stably; {@code order} is that of the numbers and tells equal ones apart. */
    Pair<?, ?>[] sorted(Pair<?, ?>[] pairs, Comparator<Pair<?, ?>> order) {
        if (count < FEW) {
            Arrays.sort(pairs, 0, count, order);
            return pairs;
        }
        int[] indices = sortIndices();
        Pair<?, ?>[] sorted = new Pair<?, ?>[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = pairs[indices[i]];
        }
        if (type == String.class) {
            forEachTie((from, to) -> Arrays.sort(sorted, from, to, order));
        }
        return sorted;
    }

    private interface Range {
        void accept(int from, int to);
    }

    private void forEachTie(Range range) {
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || prefixes[i] != prefixes[from]) {
                if (i - from > 1) {
                    range.accept(from, i);
                }
                from = i;
            }
        }
    }

    /** Sorts the numbers byte by byte from the lowest, and says which pair each belongs to. */
    private int[] sortIndices() {
        int[][] counters = counted();
        long[] from = prefixes;
        long[] to = new long[count];
        int[] fromIndices = new int[count];
        int[] toIndices = new int[count];
        Arrays.setAll(fromIndices, i -> i);
        for (int place = 0; place < Long.BYTES; place++) {
            int[] starts = counters[place];
            if (isOneByte(starts)) {
                continue;
            }
            toStarts(starts);
            for (int i = 0; i < count; i++) {
                int at = starts[byteAt(from[i], place)]++;
                to[at] = from[i];
                toIndices[at] = fromIndices[i];
            }
            long[] numbers = from;
            from = to;
            to = numbers;
            int[] indices = fromIndices;
            fromIndices = toIndices;
            toIndices = indices;
        }
        prefixes = from;
        return fromIndices;
    }

    private int[][] counted() {
        int[][] counters = new int[Long.BYTES][BYTE_VALUES];
        for (int i = 0; i < count; i++) {
            for (int place = 0; place < Long.BYTES; place++) {
                counters[place][byteAt(prefixes[i], place)]++;
            }
        }
        return counters;
    }

    private boolean isOneByte(int[] counters) {
        return Arrays.stream(counters).anyMatch(of -> of == count);
    }

    private static void toStarts(int[] counters) {
        int start = 0;
        for (int value = 0; value < BYTE_VALUES; value++) {
            int of = counters[value];
            counters[value] = start;
            start += of;
        }
    }

    private static int byteAt(long prefix, int place) {
        return (int) ((prefix ^ Long.MIN_VALUE) >>> Byte.SIZE * place) & 0xff;
    }
}
