package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import org.jspecify.annotations.Nullable;

/** Says to which reduce partition a record goes. Used by one thread. */
public interface Placement {
    /** How many partitions there are. */
    int partitions();

    /** The partition of {@code record}. */
    int partition(@Nullable Object record);

    /** Pairs by their keys. */
    static Placement byKey(Partitioner partitioner) {
        return new ByKey(partitioner, partitioner.partitions());
    }

    /**
     * Records in turn, whatever they hold. The start follows from the map, so that the first records of many maps do not
     * all meet in one partition and a map that runs again places its records alike.
     */
    static Placement roundRobin(int partitions, int map) {
        return new RoundRobin(partitions, map);
    }

    /** See {@link #byKey}. */
    record ByKey(Partitioner partitioner, int partitions) implements Placement {
        @Override
        @SuppressWarnings("NullAway") // a shuffle by key is of pairs, never of null
        public int partition(@Nullable Object record) {
            return partitioner.partition(((Pair<?, ?>) record).key());
        }
    }

    /** See {@link #roundRobin}. */
    final class RoundRobin implements Placement {
        private final int partitions;
        private int next;

        private RoundRobin(int partitions, int map) {
            this.partitions = partitions;
            // Neighbouring maps start far apart.
            next = Math.floorMod(map * 0x9E3779B9, partitions);
        }

        @Override
        public int partitions() {
            return partitions;
        }

        @Override
        public int partition(@Nullable Object record) {
            int partition = next;
            next = partition + 1 == partitions ? 0 : partition + 1;
            return partition;
        }
    }
}
