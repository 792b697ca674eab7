package io.raddle;

import java.io.Serializable;

/** The values of one key in four Rdds; empty where one lacks the key. Its text is {@code (first,second,third,fourth)}. */
public record Grouped4<A, B, C, D>(Iterable<A> first, Iterable<B> second, Iterable<C> third, Iterable<D> fourth)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "(" + first + "," + second + "," + third + "," + fourth + ")";
    }
}
