package io.raddle.function;

/** An aggregator that folds values into one of their own kind. */
record Reducing<V>(Function2<V, V, V> reduce) implements Aggregator<V, V> {
    private static final long serialVersionUID = 1L;

    @Override
    public V createCombiner(V value) {
        return value;
    }

    @Override
    public V mergeValue(V combiner, V value) throws Exception {
        return reduce.call(combiner, value);
    }

    @Override
    public V mergeCombiners(V left, V right) throws Exception {
        return reduce.call(left, right);
    }
}
