package io.raddle;

import io.raddle.proto.Storage;

/**
 * Where executors keep the partitions of an {@link Rdd} once they are computed, by Spark's names. "Memory" is what tasks
 * leave of an executor's memory for records, and at least half of it; partitions that find no room there go to disk where
 * the level says so, and else are computed again whenever they are asked for. Each lies on one executor: the partitions of
 * one that is lost are computed again, by the others, so there are none of Spark's levels with copies.
 */
public enum StorageLevel {
    /** Nowhere: each job computes them anew. */
    NONE(false, false, false),
    /** Serialized, on the executor's local disks. */
    DISK_ONLY(false, true, true),
    /**
     * As objects in memory: the fastest to read. All jobs see the same objects, so a function that changes a record
     * changes what later jobs read; use a serialized level for records that functions change.
     */
    MEMORY_ONLY(true, false, false),
    /** Serialized in memory: smaller, exactly counted, and decoded anew by each task that reads them. */
    MEMORY_ONLY_SER(true, false, true),
    /** As objects in memory; on disk where memory does not suffice. */
    MEMORY_AND_DISK(true, true, false),
    /** Serialized in memory; on disk where memory does not suffice. */
    MEMORY_AND_DISK_SER(true, true, true),
    /**
     * The same as {@link #MEMORY_AND_DISK_SER}. Spark keeps it outside of the heap; here one container size bounds heap and
     * direct memory together, so that a second pool would only take from the first.
     */
    OFF_HEAP(true, true, true);

    private final boolean memory;
    private final boolean disk;
    private final boolean serialized;

    StorageLevel(boolean memory, boolean disk, boolean serialized) {
        this.memory = memory;
        this.disk = disk;
        this.serialized = serialized;
    }

    /** Whether partitions may lie in memory. */
    public boolean useMemory() {
        return memory;
    }

    /** Whether partitions may lie on disk. */
    public boolean useDisk() {
        return disk;
    }

    /** Whether partitions lie in memory as objects. */
    public boolean deserialized() {
        return memory && !serialized;
    }

    Storage toProto() {
        return Storage.newBuilder()
                .setMemory(memory)
                .setDisk(disk)
                .setSerialized(serialized)
                .build();
    }
}
