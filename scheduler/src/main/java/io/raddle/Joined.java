package io.raddle;

import java.io.Serializable;

/** The two values that a join found for a key. Its text is {@code (left,right)}. */
public record Joined<V, W>(V left, W right) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "(" + left + "," + right + ")";
    }
}
