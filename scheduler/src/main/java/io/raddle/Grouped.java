package io.raddle;

import java.io.Serializable;

/** All values of a key on both sides of a cogroup. Its text is {@code (left,right)}. */
public record Grouped<V, W>(Iterable<V> left, Iterable<W> right) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "(" + left + "," + right + ")";
    }
}
