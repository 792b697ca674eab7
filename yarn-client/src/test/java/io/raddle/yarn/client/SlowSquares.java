package io.raddle.yarn.client;

import io.raddle.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A job whose tasks wait for a file, in a class of its own: executors load it. */
final class SlowSquares {
    private static final long LOOK_MILLIS = 20;

    private SlowSquares() {}

    /** The squares below {@code count}, one task each, once the gate is there. */
    static List<Integer> of(Session session, int count, String gate) {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        return session.parallelize(numbers, count)
                .map(number -> {
                    awaitGate(Path.of(gate));
                    return number * number;
                })
                .collect();
    }

    private static void awaitGate(Path gate) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (!Files.exists(gate)) {
            never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
