package io.raddle.pipeline;

import java.util.Iterator;

/** An iterator that a function of the user returned: what it throws is the user's. */
final class UserIterator implements Iterator<Object> {
    private final Iterator<?> records;

    UserIterator(Iterator<?> records) {
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (RuntimeException e) {
            throw UserFailure.of(e);
        }
    }

    @Override
    public Object next() {
        try {
            return records.next();
        } catch (RuntimeException e) {
            throw UserFailure.of(e);
        }
    }
}
