package io.raddle.yarn.client;

import io.raddle.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A job of large results whose second half waits for a file, in a class of its own: executors load it. */
final class HeavySquares {
    /** Far more than a report carries. */
    private static final int INTS = 100_000;

    private static final long LOOK_MILLIS = 20;

    private HeavySquares() {}

    /** The squares below {@code count}, one task each, every one brought by an array that says it often. */
    static List<Integer> of(Session session, int count, String gate) {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        return session
                .parallelize(numbers, count)
                .map(number -> {
                    awaitGate(number < count / 2 ? Path.of("/") : Path.of(gate));
                    return IntStream.range(0, INTS).map(each -> number * number).toArray();
                })
                .collect()
                .stream()
                .map(all -> (int) IntStream.of(all).average().orElseThrow())
                .toList();
    }

    private static void awaitGate(Path gate) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (!Files.exists(gate)) {
            never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
