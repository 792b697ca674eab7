package io.raddle.serde;

/** The byte before each value that says how it is laid out. Part of the format: numbers are never given a new meaning. */
final class Tag {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int BYTE = 3;
    static final int SHORT = 4;
    static final int CHARACTER = 5;
    static final int INTEGER = 6;
    static final int LONG = 7;
    static final int FLOAT = 8;
    static final int DOUBLE = 9;
    static final int LATIN_1 = 10;
    static final int UTF_16 = 11;
    static final int BYTES = 12;
    static final int PAIR = 13;
    static final int SEQUENCE = 14;
    static final int GENERAL = 15;
    static final int INTS = 16;
    static final int LONGS = 17;
    static final int DOUBLES = 18;

    private Tag() {}
}
