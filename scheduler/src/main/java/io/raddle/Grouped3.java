package io.raddle;

import java.io.Serializable;

/** The values of one key in three Rdds; empty where one lacks the key. Its text is {@code (first,second,third)}. */
public record Grouped3<A, B, C>(Iterable<A> first, Iterable<B> second, Iterable<C> third) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "(" + first + "," + second + "," + third + ")";
    }
}
