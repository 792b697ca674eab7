package io.raddle.plan;

/** What stays the same when a partition is computed again. */
public enum Order {
    /** The same records in the same order. */
    DETERMINATE,
    /** The same records, in an order that may differ. */
    UNORDERED,
    /** Perhaps other records. */
    INDETERMINATE;

    /** The weaker of two. */
    Order and(Order other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** What an operation makes of this order when its outcome depends on the order that its records come in. */
    Order throughOrderSensitive() {
        return this == UNORDERED ? INDETERMINATE : this;
    }

    /** What this order becomes where records are sorted by what they hold. */
    Order throughOrderByContent() {
        return this == UNORDERED ? DETERMINATE : this;
    }

    /** What is left of this order behind a shuffle that does not sort. */
    Order throughShuffle() {
        return and(UNORDERED);
    }
}
