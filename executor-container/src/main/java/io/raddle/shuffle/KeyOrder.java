package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of keys, with typed errors where a key has none. */
final class KeyOrder {
    private KeyOrder() {}

    /** The natural order of keys, which must be {@code Comparable} and of one kind. */
    static Comparator<@Nullable Object> natural() {
        return KeyOrder::compareNaturally;
    }

    @SuppressWarnings("unchecked")
    private static int compareNaturally(@Nullable Object left, @Nullable Object right) {
        if (!(left instanceof Comparable<?> comparable) || right == null) {
            throw unordered(left instanceof Comparable<?> ? right : left);
        }
        try {
            return ((Comparable<Object>) comparable).compareTo(right);
        } catch (ClassCastException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "Keys of " + left.getClass().getTypeName() + " and "
                                    + right.getClass().getTypeName() + " cannot be compared with each other.",
                            "Give sortByKey a comparator that orders both."),
                    e);
        }
    }

    private static RaddleException unordered(@Nullable Object key) {
        return new RaddleException(new Cause.InvalidInput(
                key == null
                        ? "A null key has no natural order."
                        : "A key is of " + key.getClass().getTypeName() + ", which is not Comparable.",
                "Give sortByKey a comparator" + (key == null ? " that takes nulls" : "") + "."));
    }

    /** The error of a comparator that contradicts itself. */
    static RaddleException contradictory(IllegalArgumentException e) {
        return new RaddleException(
                new Cause.InvalidInput(
                        "The comparator of keys contradicts itself.",
                        "Mend it: it must be transitive, and the sign of compare(a, b) opposite to that of compare(b, a)."),
                e);
    }
}
