package io.raddle.shuffle;

import java.util.stream.LongStream;

/** The seeds of a test; {@code -Dseed=N} runs one alone. */
final class Seeds {
    private Seeds() {}

    static LongStream some() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 12) : LongStream.of(one);
    }
}
