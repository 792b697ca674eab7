package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.SerializableComparator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Orders of records, with typed errors where a record has none or a comparator contradicts itself. */
final class Ordering {
    private static final int SMALLEST_BUFFER = 16;

    private Ordering() {}

    /** The one object that stands for the natural order in this process, so that it equals itself. */
    static int compareNaturally(Object left, Object right) {
        if (!(left instanceof Comparable<?> comparable) || right == null) {
            throw unordered(left instanceof Comparable<?> ? right : left);
        }
        try {
            return asObject(comparable).compareTo(right);
        } catch (ClassCastException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            left.getClass().getTypeName() + " and "
                                    + right.getClass().getTypeName() + " cannot be compared with each other.",
                            "Give a comparator that orders both."),
                    e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> asObject(Comparable<?> comparable) {
        return (Comparable<Object>) comparable;
    }

    private static RaddleException unordered(Object value) {
        return new RaddleException(new Cause.InvalidInput(
                value == null
                        ? "Null has no natural order."
                        : value.getClass().getTypeName() + " is not Comparable, so it has no natural order.",
                "Give a comparator" + (value == null ? " that takes nulls." : ".")));
    }

    /** Sorts in place, stably. */
    static <T> void sort(List<T> records, Comparator<? super T> order) {
        try {
            records.sort(order);
        } catch (IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The comparator contradicts itself.",
                            "Mend it: it must be transitive, and the sign of compare(a, b) opposite to that of "
                                    + "compare(b, a)."),
                    e);
        }
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
