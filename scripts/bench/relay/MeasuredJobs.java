package io.raddle.yarn.client;

import io.raddle.Rdd;
import io.raddle.Session;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What executors run: in a class that names nothing of ours but the API, since they load it like any program's. */
final class MeasuredJobs {
    static final int PIECE_BYTES = 8 << 20;

    private MeasuredJobs() {}

    /** Has tasks sleep, each so long; the seconds of all. */
    static double sleep(Session session, int tasks, long millis) {
        List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
        long began = System.nanoTime();
        session.parallelize(numbers, tasks).foreach(number -> Thread.sleep(millis));
        return (System.nanoTime() - began) / 1e9;
    }

    /** Bytes of chance in pieces, one a partition, which executors have by now. */
    static Rdd<byte[]> kept(Session session, int pieces) {
        Rdd<byte[]> kept = session.parallelize(
                        IntStream.range(0, pieces).boxed().toList(), pieces)
                .map(MeasuredJobs::piece)
                .cache();
        kept.count();
        return kept;
    }

    private static byte[] piece(int number) {
        byte[] bytes = new byte[PIECE_BYTES];
        new SplittableRandom(number).nextBytes(bytes);
        return bytes;
    }

    /** One of the containers that executors run in. */
    static String container(Session session) {
        return session.parallelize(List.of(1), 1)
                .map(number -> System.getenv("CONTAINER_ID"))
                .first();
    }
}
