package io.raddle.yarn.client;

import io.raddle.Session;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A job whose tasks take a while, in a class of its own: executors load it. */
final class SlowSquares {
    private SlowSquares() {}

    /** The squares below {@code count}, one task each. */
    static List<Integer> of(Session session, int count, long millis) {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        return session.parallelize(numbers, count)
                .map(number -> {
                    TimeUnit.MILLISECONDS.sleep(millis);
                    return number * number;
                })
                .collect();
    }
}
