package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import io.raddle.pipeline.UserFailure;
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
        public int partition(@Nullable Object record) {
            Object key = pair(record).key();
            int partition;
            try {
                partition = partitioner.partition(key);
            } catch (RuntimeException e) {
                throw UserFailure.of(e);
            }
            if (partition < 0 || partition >= partitions) {
                throw outside(key, partition);
            }
            return partition;
        }

        private RaddleException outside(@Nullable Object key, int partition) {
            return new RaddleException(new Cause.InvalidInput(
                    partitioner.getClass().getTypeName() + " places the key " + shown(key) + " in partition "
                            + partition + " of " + partitions + ".",
                    "Let it give partitions from 0 to " + (partitions - 1) + "; Math.floorMod helps with hash codes."));
        }
    }

    /** The pair that a record of a shuffle by key must be. */
    static Pair<?, ?> pair(@Nullable Object record) {
        if (record == null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A record is null where a pair is needed.",
                    "Let functions that make pairs leave a record out instead; filter drops those that are null."));
        }
        return (Pair<?, ?>) record;
    }

    private static String shown(@Nullable Object key) {
        String text = String.valueOf(key);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
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
