package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.SerializableComparator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Sorts records, with typed errors where a comparator contradicts itself. */
final class Ordering {
    private static final int SMALLEST_BUFFER = 16;

    private Ordering() {}

    /** Sorts in place, stably. */
    static <T> void sort(List<T> records, Comparator<? super T> order) {
        try {
            records.sort(order);
        } catch (IllegalArgumentException e) {
            if (!isOfTheSort(e)) {
                throw e;
            }
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The comparator contradicts itself.",
                            "Mend it: it must be transitive, and the sign of compare(a, b) opposite to that of "
                                    + "compare(b, a)."),
                    e);
        }
    }

    /** Whether the JDK's sort threw it, and not the comparator. */
    private static boolean isOfTheSort(IllegalArgumentException e) {
        StackTraceElement[] frames = e.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith("java.util.TimSort");
    }

    /** The {@code n} least, least first; of equal ones, those that came first. Holds twice as many. */
    static <T> List<T> leastOf(Iterator<T> records, int n, SerializableComparator<T> order) {
        List<T> least = new ArrayList<>();
        long full = Math.max(SMALLEST_BUFFER, 2L * n);
        boolean isCut = false;
        while (records.hasNext()) {
            T next = records.next();
            if (isCut && order.compare(next, least.get(n - 1)) >= 0) {
                continue;
            }
            least.add(next);
            if (least.size() >= full) {
                cut(least, n, order);
                isCut = true;
            }
        }
        cut(least, n, order);
        return least;
    }

    private static <T> void cut(List<T> records, int n, SerializableComparator<T> order) {
        sort(records, order);
        if (records.size() > n) {
            records.subList(n, records.size()).clear();
        }
    }
}
