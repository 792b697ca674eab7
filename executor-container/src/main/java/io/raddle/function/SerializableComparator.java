package io.raddle.function;

import java.io.Serializable;
import java.util.Comparator;

/**
 * An order that can travel, so that a lambda can be one. The factories are those of {@code Comparator}, whose own results
 * cannot travel all and so are no orders here.
 */
@FunctionalInterface
public interface SerializableComparator<T> extends Comparator<T>, Serializable {
    /** What values are compared by. A {@code java.util.function.Function} for the sake of {@link #thenComparing}. */
    @FunctionalInterface
    interface Key<T, K> extends java.util.function.Function<T, K>, Serializable {}

    /** The natural order; of nulls there is none. */
    static <T extends Comparable<? super T>> SerializableComparator<T> naturalOrder() {
        return new NaturalOrder<>(false);
    }

    /** The opposite of the natural order. */
    static <T extends Comparable<? super T>> SerializableComparator<T> reverseOrder() {
        return new NaturalOrder<>(true);
    }

    /** The natural order of what {@code key} makes of each value. */
    static <T, K extends Comparable<? super K>> SerializableComparator<T> comparing(Key<? super T, ? extends K> key) {
        return new KeyOrder<T, K>(key, new NaturalOrder<>(false));
    }

    /** The order that {@code order} gives to what {@code key} makes of each value. */
    static <T, K> SerializableComparator<T> comparing(
            Key<? super T, ? extends K> key, SerializableComparator<? super K> order) {
        return new KeyOrder<T, K>(key, order);
    }

    /** Nulls before all others, which {@code order} orders. */
    static <T> SerializableComparator<T> nullsFirst(SerializableComparator<? super T> order) {
        return new NullsOrder<>(true, order);
    }

    /** Nulls after all others, which {@code order} orders. */
    static <T> SerializableComparator<T> nullsLast(SerializableComparator<? super T> order) {
        return new NullsOrder<>(false, order);
    }

    @Override
    default SerializableComparator<T> reversed() {
        return new ReversedOrder<>(this);
    }

    /** This order, and {@code next} for values that are equal in it. */
    default SerializableComparator<T> thenComparing(SerializableComparator<? super T> next) {
        return new OrderInTurn<>(this, next);
    }

    /** This order, and for values that are equal in it the natural order of what {@code key} makes of them. */
    default <K extends Comparable<? super K>> SerializableComparator<T> thenComparing(Key<? super T, ? extends K> key) {
        return thenComparing(SerializableComparator.<T, K>comparing(key));
    }

    /** This order, and for values that are equal in it {@code order} of what {@code key} makes of them. */
    default <K> SerializableComparator<T> thenComparing(
            Key<? super T, ? extends K> key, SerializableComparator<? super K> order) {
        return thenComparing(SerializableComparator.<T, K>comparing(key, order));
    }
}
