package io.raddle.function;

/** One order, and another for values that are equal in it. */
record OrderInTurn<T>(SerializableComparator<? super T> first, SerializableComparator<? super T> next)
        implements SerializableComparator<T> {
    @Override
    public int compare(T left, T right) {
        int compared = first.compare(left, right);
        return compared == 0 ? next.compare(left, right) : compared;
    }
}
