package io.raddle.memory;

/**
 * The account of one consumer of memory. A small floor is always granted, so that a consumer whose neighbour in the same
 * task holds the whole share spills in sensible pieces and not at every record. Used by the task's thread only.
 */
public final class Reservation implements AutoCloseable {
    private static final long MIN_FLOOR_BYTES = 32 << 10;
    private static final long MAX_FLOOR_BYTES = 1 << 20;

    private final TaskMemory task;
    private final long floorBytes;
    private long heldBytes;

    Reservation(TaskMemory task, long floorBytes) {
        this.task = task;
        this.floorBytes = Math.max(MIN_FLOOR_BYTES, Math.min(MAX_FLOOR_BYTES, floorBytes));
    }

    /** What this consumer holds. */
    public long heldBytes() {
        return heldBytes;
    }

    /**
     * Sets what this consumer holds to {@code bytes}; less is always granted.
     *
     * @return whether it was granted; when not, the consumer spills and nothing has changed
     */
    public boolean tryHold(long bytes) {
        long more = bytes - heldBytes;
        if (more <= 0 || bytes <= floorBytes) {
            hold(bytes);
            return true;
        }
        if (task.tryGrow(more)) {
            heldBytes = bytes;
            return true;
        }
        return false;
    }

    /** Sets what this consumer holds, granted or not: for the one record that must be held to go on at all. */
    public void hold(long bytes) {
        task.change(bytes - heldBytes);
        heldBytes = bytes;
    }

    @Override
    public void close() {
        hold(0);
    }
}
