package io.raddle.schedule.simulation;

import java.util.List;
import java.util.Random;

/** Every choice of one run, from one seed. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        random.nextLong();
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    boolean percent(double probability) {
        return random.nextDouble() * 100 < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    long millis(int from, int to) {
        return 1_000_000L * from + (long) (random.nextDouble() * 1_000_000L * (to - from));
    }

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    <T> void shuffle(List<T> list) {
        java.util.Collections.shuffle(list, random);
    }
}
