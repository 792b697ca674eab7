package io.raddle;

import io.raddle.function.FlatMapFunction;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Joins of the two sides of one group, made as they are pulled: nothing but the sides is held. */
final class Joins {
    private Joins() {}

    static <V, W> FlatMapFunction<Iterable<?>[], Joined<V, W>> inner() {
        return sides -> new Product<V, W, Joined<V, W>>(side(sides, 0), side(sides, 1), Joined::new);
    }

    static <V, W> FlatMapFunction<Iterable<?>[], Joined<V, Optional<W>>> left() {
        return sides -> new Product<V, Optional<W>, Joined<V, Optional<W>>>(
                side(sides, 0), optional(side(sides, 1)), Joined::new);
    }

    static <V, W> FlatMapFunction<Iterable<?>[], Joined<Optional<V>, W>> right() {
        return sides -> new Product<Optional<V>, W, Joined<Optional<V>, W>>(
                optional(side(sides, 0)), side(sides, 1), Joined::new);
    }

    static <V, W> FlatMapFunction<Iterable<?>[], Joined<Optional<V>, Optional<W>>> full() {
        return sides -> new Product<Optional<V>, Optional<W>, Joined<Optional<V>, Optional<W>>>(
                optional(side(sides, 0)), optional(side(sides, 1)), Joined::new);
    }

    @SuppressWarnings("unchecked")
    static <V> Iterable<V> side(Iterable<?>[] sides, int index) {
        return (Iterable<V>) sides[index];
    }

    /** The values, or one empty when there is none. */
    private static <V> Iterable<Optional<V>> optional(Iterable<V> values) {
        if (!values.iterator().hasNext()) {
            return Collections.singleton(Optional.empty());
        }
        return () -> {
            Iterator<V> each = values.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public Optional<V> next() {
                    return Optional.ofNullable(each.next());
                }
            };
        };
    }

    /** Each left with each right. */
    private static final class Product<L, R, J> implements Iterator<J> {
        private final Iterator<L> lefts;
        private final Iterable<R> right;
        private final BiFunction<L, R, J> join;
        private Iterator<R> rights = Collections.emptyIterator();
        private @Nullable L left;

        Product(Iterable<L> left, Iterable<R> right, BiFunction<L, R, J> join) {
            this.lefts = left.iterator();
            this.right = right;
            this.join = join;
        }

        @Override
        public boolean hasNext() {
            while (!rights.hasNext() && lefts.hasNext()) {
                left = lefts.next();
                rights = right.iterator();
                if (!rights.hasNext()) {
                    return false;
                }
            }
            return rights.hasNext();
        }

        @Override
        @SuppressWarnings("NullAway") // a value may be null when the program put it there
        public J next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return join.apply(left, rights.next());
        }
    }
}
