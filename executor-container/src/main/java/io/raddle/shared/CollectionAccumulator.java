package io.raddle.shared;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that was added, in the order in which tasks end. What is added must be serializable in the manner of Java. */
public final class CollectionAccumulator<T> extends Accumulator<T, List<T>> {
    private static final long serialVersionUID = 1;

    private final ArrayList<T> elements;

    /** Nothing added. */
    public CollectionAccumulator() {
        this(List.of());
    }

    private CollectionAccumulator(List<T> elements) {
        this.elements = new ArrayList<>(elements);
    }

    @Override
    public void add(T value) {
        elements.add(value);
    }

    @Override
    protected Accumulator<T, List<T>> zero() {
        return new CollectionAccumulator<>();
    }

    @Override
    protected Accumulator<T, List<T>> copy() {
        return new CollectionAccumulator<>(elements);
    }

    @Override
    protected void merge(Accumulator<T, List<T>> other) {
        elements.addAll(((CollectionAccumulator<T>) other).elements);
    }

    /** A list of its own, which cannot be changed. */
    @Override
    protected List<T> current() {
        return Collections.unmodifiableList(new ArrayList<>(elements));
    }

    @Override
    protected boolean isZero() {
        return elements.isEmpty();
    }
}
