package io.raddle.shuffle;

import io.raddle.id.ShuffleId;

/**
 * Names of map outputs. A NodeManager's cache knows an output by this name alone and never forgets it, so a name is
 * unique on any cluster for ever and is never written twice: the prefix holds cluster timestamp, application and driver
 * epoch, and attempt numbers are not reused within an epoch.
 */
public final class MapId {
    private MapId() {}

    /** The name of what {@code attempt} wrote as map {@code map} of {@code shuffle}; {@code prefix} is the driver's. */
    public static String of(String prefix, ShuffleId shuffle, int map, int attempt) {
        return ofShuffle(prefix, shuffle) + base36(map) + "_" + base36(attempt);
    }

    /** What the names of all outputs of a shuffle start with. */
    static String ofShuffle(String prefix, ShuffleId shuffle) {
        return prefix + "_" + base36(shuffle.number()) + "_";
    }

    private static String base36(int number) {
        return Integer.toString(number, 36);
    }
}
