package io.raddle;

import java.util.stream.LongStream;

/** Seeds for parameterized tests; {@code -Dseed=N} replays one. */
final class Seeds {
    private static final int COUNT = 12;

    private Seeds() {}

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed == null ? LongStream.range(0, COUNT) : LongStream.of(replayed);
    }
}
