package io.raddle;

import io.raddle.proto.Storage;

/**
 * Where executors keep the partitions of an {@link Rdd} once they are computed, by Spark's names. "Memory" is what tasks
 * leave of an executor's memory for records, and at least half of it; partitions that find no room there go to disk where
 * the level says so, and else are computed again whenever they are asked for. Partitions of an executor that is lost are
 * computed again, by the others, unless the level has copies: then another executor, on another node where there is one,
 * fetches each partition as soon as it was computed, and a further one does when one that had it is lost. A copy lies
 * serialized until a task reads it there, and none is made where no executor has room for it.
 */
public enum StorageLevel {
    /** Nowhere: each job computes them anew. */
    NONE(false, false, false),
    /** Serialized, on the executor's local disks. */
    DISK_ONLY(false, true, true),
    /** The same as {@link #DISK_ONLY} on two executors. */
    DISK_ONLY_2(false, true, true, 2),
    /** The same as {@link #DISK_ONLY} on three executors. */
    DISK_ONLY_3(false, true, true, 3),
    /**
     * As objects in memory: the fastest to read. All jobs see the same objects, so a function that changes a record
     * changes what later jobs read; use a serialized level for records that functions change.
     */
    MEMORY_ONLY(true, false, false),
    /** The same as {@link #MEMORY_ONLY} on two executors. */
    MEMORY_ONLY_2(true, false, false, 2),
    /** Serialized in memory: smaller, exactly counted, and decoded anew by each task that reads them. */
    MEMORY_ONLY_SER(true, false, true),
    /** The same as {@link #MEMORY_ONLY_SER} on two executors. */
    MEMORY_ONLY_SER_2(true, false, true, 2),
    /** As objects in memory; on disk where memory does not suffice. */
    MEMORY_AND_DISK(true, true, false),
    /** The same as {@link #MEMORY_AND_DISK} on two executors. */
    MEMORY_AND_DISK_2(true, true, false, 2),
    /** Serialized in memory; on disk where memory does not suffice. */
    MEMORY_AND_DISK_SER(true, true, true),
    /** The same as {@link #MEMORY_AND_DISK_SER} on two executors. */
    MEMORY_AND_DISK_SER_2(true, true, true, 2),
    /**
     * The same as {@link #MEMORY_AND_DISK_SER}. Spark keeps it outside of the heap; here one container size bounds heap and
     * direct memory together, so that a second pool would only take from the first.
     */
    OFF_HEAP(true, true, true);

    private final boolean memory;
    private final boolean disk;
    private final boolean serialized;
    private final int copies;

    StorageLevel(boolean memory, boolean disk, boolean serialized) {
        this(memory, disk, serialized, 1);
    }

    StorageLevel(boolean memory, boolean disk, boolean serialized, int copies) {
        this.memory = memory;
        this.disk = disk;
        this.serialized = serialized;
        this.copies = copies;
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

    /** On how many executors each partition lies, when there are so many. */
    public int replication() {
        return copies;
    }

    Storage toProto() {
        return Storage.newBuilder()
                .setMemory(memory)
                .setDisk(disk)
                .setSerialized(serialized)
                .setCopies(copies)
                .build();
    }
}
