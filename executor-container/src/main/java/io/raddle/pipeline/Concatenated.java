package io.raddle.pipeline;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/** Several partitions one after the other, each opened when the one before it has ended. */
final class Concatenated implements Iterator<Object> {
    private final Iterator<Integer> partitions;
    private final IntFunction<Iterator<?>> opener;
    private Iterator<?> current = Collections.emptyIterator();

    Concatenated(List<Integer> partitions, IntFunction<Iterator<?>> opener) {
        this.partitions = partitions.iterator();
        this.opener = opener;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            if (!partitions.hasNext()) {
                return false;
            }
            current = opener.apply(partitions.next());
        }
        return true;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
