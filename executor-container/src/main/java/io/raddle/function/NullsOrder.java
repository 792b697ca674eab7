package io.raddle.function;

import org.jspecify.annotations.Nullable;

/** Values by an order that need not know nulls, and these before or after all others. */
record NullsOrder<T>(boolean first, SerializableComparator<? super T> order) implements SerializableComparator<T> {
    @Override
    public int compare(@Nullable T left, @Nullable T right) {
        if (left == null || right == null) {
            int nullIsGreater = Boolean.compare(left == null, right == null);
            return first ? -nullIsGreater : nullIsGreater;
        }
        return order.compare(left, right);
    }

    @Override
    public SerializableComparator<T> reversed() {
        return new NullsOrder<>(!first, order.reversed());
    }
}
