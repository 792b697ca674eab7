package io.raddle.function;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import org.jspecify.annotations.Nullable;

/** Places a key by its hash code, a null key in partition 0. Hash codes that differ between processes are made alike. */
public record HashPartitioner(int partitions) implements Partitioner {
    private static final long serialVersionUID = 1L;

    public HashPartitioner {
        if (partitions < 1) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A partitioner was asked for " + partitions + " partitions.", "Ask for 1 or more."));
        }
    }

    @Override
    public int partition(@Nullable Object key) {
        return Math.floorMod(StableHash.of(key), partitions);
    }
}
