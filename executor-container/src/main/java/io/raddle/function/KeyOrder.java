package io.raddle.function;

/** Values by a key that is made of each. */
record KeyOrder<T, K>(SerializableComparator.Key<? super T, ? extends K> key, SerializableComparator<? super K> order)
        implements SerializableComparator<T> {
    @Override
    public int compare(T left, T right) {
        return order.compare(key.apply(left), key.apply(right));
    }
}
