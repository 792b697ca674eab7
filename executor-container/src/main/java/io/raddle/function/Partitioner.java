package io.raddle.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Says to which partition a key belongs, alike in every process. Two partitioners that are equal place equal keys
 * alike, and then a join of data that they placed moves nothing: implement {@code equals}, or be a record.
 */
public interface Partitioner extends Serializable {
    /** How many partitions there are, at least 1. */
    int partitions();

    /** The partition of {@code key}, from 0 to {@code partitions() - 1}. */
    int partition(@Nullable Object key);
}
