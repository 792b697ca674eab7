package io.raddle;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds for programs that give none: drawn once, at the call, so that what is computed again comes out alike. */
final class Seeding {
    private Seeding() {}

    static long fresh() {
        return ThreadLocalRandom.current().nextLong();
    }
}
