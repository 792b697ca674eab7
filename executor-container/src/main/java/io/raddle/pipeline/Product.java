package io.raddle.pipeline;

import io.raddle.function.Pair;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Each record of one partition with each of another, which is computed once and kept for the task, on disk where memory
 * is short; never, when there is nothing to pair it with. Belongs to the thread of its task.
 */
final class Product implements Iterator<Object> {
    private final Iterator<?> lefts;
    private final Supplier<Iterator<?>> opener;
    private final Sources sources;
    private @Nullable Iterable<?> kept;
    private Iterator<?> rights = Collections.emptyIterator();
    private @Nullable Object left;

    Product(Iterator<?> lefts, Supplier<Iterator<?>> opener, Sources sources) {
        this.lefts = lefts;
        this.opener = opener;
        this.sources = sources;
    }

    @Override
    public boolean hasNext() {
        while (!rights.hasNext()) {
            if (!lefts.hasNext()) {
                return false;
            }
            left = lefts.next();
            Iterable<?> second = kept == null ? keep() : kept;
            kept = second;
            rights = second.iterator();
            if (!rights.hasNext()) {
                return false;
            }
        }
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // a record may be null
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return new Pair<>(left, rights.next());
    }

    /** The values of one group may be gone through again and again, and spill. */
    private Iterable<?> keep() {
        Iterator<?> groups = sources.coGroup(Collections.singletonList(new Alike(opener.get())));
        return groups.hasNext() ? ((Iterable<?>[]) ((Pair<?, ?>) groups.next()).value())[0] : Collections.emptyList();
    }

    /** All records under one key. */
    private record Alike(Iterator<?> records) implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public Object next() {
            return new Pair<>(true, records.next());
        }
    }
}
