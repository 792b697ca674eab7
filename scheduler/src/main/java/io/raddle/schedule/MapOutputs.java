package io.raddle.schedule;

import io.raddle.id.ShuffleId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote each row of a shuffle, and since which epoch it stands. The epoch grows whenever a row is lost, so that two
 * published tables with one epoch are equal, and news of an old loss cannot be taken for that of a newer row.
 */
final class MapOutputs {
    static final int FIRST_EPOCH = 1;

    final ShuffleId shuffle;
    private final @Nullable Executor[] writers;
    private final int[] since;
    private int epoch = FIRST_EPOCH;

    MapOutputs(ShuffleId shuffle, int rows) {
        this.shuffle = shuffle;
        writers = new Executor[rows];
        since = new int[rows];
    }

    int epoch() {
        return epoch;
    }

    void register(int map, Executor executor) {
        writers[map] = executor;
        since[map] = epoch;
    }

    /** Whether this row stands and was part of the table with that epoch. */
    boolean standsSince(int map, int seenEpoch) {
        return map >= 0 && map < writers.length && writers[map] != null && since[map] <= seenEpoch;
    }

    List<Integer> writtenBy(Predicate<Executor> writer) {
        List<Integer> rows = new ArrayList<>();
        for (int map = 0; map < writers.length; map++) {
            Executor executor = writers[map];
            if (executor != null && writer.test(executor)) {
                rows.add(map);
            }
        }
        return rows;
    }

    void lose(int map) {
        writers[map] = null;
        epoch++;
    }

    /** Forgets all rows; what was read of them must never be mixed with what comes. */
    void loseAll() {
        Arrays.fill(writers, null);
        epoch++;
    }
}
