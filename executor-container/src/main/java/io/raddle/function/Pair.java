package io.raddle.function;

import java.io.Serializable;

/** A key and its value. Its text is {@code (key,value)}, which is what saveAsTextFile writes. */
public record Pair<K, V>(K key, V value) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The pair of {@code key} and {@code value}. */
    public static <K, V> Pair<K, V> of(K key, V value) {
        return new Pair<>(key, value);
    }

    @Override
    public String toString() {
        return "(" + key + "," + value + ")";
    }
}
