package io.raddle.function;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import org.jspecify.annotations.Nullable;

/**
 * The natural order of values, which must be {@code Comparable} and of one kind, or the opposite of it. Values that have
 * none end as {@code InvalidInput}. Faster than a comparator of your own where keys are strings or numbers, since a sort
 * can see that it need not be asked for each comparison.
 *
 * @param descending whether the greatest comes first
 */
public record NaturalOrder<T>(boolean descending) implements SerializableComparator<T> {
    @Override
    public int compare(T left, T right) {
        return descending ? compareNaturally(right, left) : compareNaturally(left, right);
    }

    @Override
    public SerializableComparator<T> reversed() {
        return new NaturalOrder<>(!descending);
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
                            left.getClass().getTypeName() + " and "
                                    + right.getClass().getTypeName() + " cannot be compared with each other.",
                            "Give a comparator that orders both."),
                    e);
        }
    }

    private static RaddleException unordered(@Nullable Object value) {
        return new RaddleException(new Cause.InvalidInput(
                value == null
                        ? "Null has no natural order."
                        : value.getClass().getTypeName() + " is not Comparable, so it has no natural order.",
                "Give a comparator" + (value == null ? " that takes nulls." : ".")));
    }
}
