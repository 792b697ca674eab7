package io.raddle.function;

/** The opposite of an order. */
record ReversedOrder<T>(SerializableComparator<T> order) implements SerializableComparator<T> {
    @Override
    public int compare(T left, T right) {
        return order.compare(right, left);
    }

    @Override
    public SerializableComparator<T> reversed() {
        return order;
    }
}
