package io.raddle.function;

/** An aggregator of three functions. */
record Combining<V, C>(Function<V, C> create, Function2<C, V, C> add, Function2<C, C, C> merge)
        implements Aggregator<V, C> {
    private static final long serialVersionUID = 1L;

    @Override
    public C createCombiner(V value) throws Exception {
        return create.call(value);
    }

    @Override
    public C mergeValue(C combiner, V value) throws Exception {
        return add.call(combiner, value);
    }

    @Override
    public C mergeCombiners(C left, C right) throws Exception {
        return merge.call(left, right);
    }
}
