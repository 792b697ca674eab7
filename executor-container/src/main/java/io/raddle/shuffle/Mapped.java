package io.raddle.shuffle;

import java.util.Iterator;
import java.util.function.Function;

/** An iterator with a function over each element. */
final class Mapped<T, R> implements Iterator<R> {
    private final Iterator<T> elements;
    private final Function<T, R> function;

    Mapped(Iterator<T> elements, Function<T, R> function) {
        this.elements = elements;
        this.function = function;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    public R next() {
        return function.apply(elements.next());
    }
}
