package io.raddle.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one task holds of the executor's budget, and what must be closed when the task ends, however it ends. Used by the
 * task's thread only.
 */
public final class TaskMemory implements AutoCloseable {
    private final MemoryBudget budget;
    private final Deque<Resource> resources = new ArrayDeque<>();
    private long heldBytes;
    private long peakBytes;
    private long spilledBytes;
    private boolean closed;

    /** Something of a task that holds files or connections; closing it twice does no harm and never throws. */
    @FunctionalInterface
    public interface Resource {
        void close();
    }

    TaskMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** An account for one map, sorter or group of this task. */
    public Reservation reservation() {
        return new Reservation(this, budget.guaranteedBytes() / 8);
    }

    /** What the task would have if every slot had the same. */
    public long shareBytes() {
        return 2 * budget.guaranteedBytes();
    }

    /** What the task holds now. */
    public long heldBytes() {
        return heldBytes;
    }

    /** The most that the task held at once. */
    public long peakBytes() {
        return peakBytes;
    }

    /** Bytes that went to disk because memory was refused. */
    public long spilledBytes() {
        return spilledBytes;
    }

    /** Counts bytes that were spilled. */
    public void addSpilled(long bytes) {
        spilledBytes += bytes;
    }

    /** Closes {@code resource} when this task ends; the last one added is the first one closed. */
    public void closeAtEnd(Resource resource) {
        resources.push(resource);
    }

    boolean tryGrow(long bytes) {
        if (closed || !budget.tryGrow(heldBytes, bytes)) {
            return false;
        }
        heldBytes += bytes;
        peakBytes = Math.max(peakBytes, heldBytes);
        return true;
    }

    /** Takes or gives back without asking. */
    void change(long bytes) {
        if (!closed) {
            budget.change(heldBytes, heldBytes + bytes);
            heldBytes += bytes;
            peakBytes = Math.max(peakBytes, heldBytes);
        }
    }

    /** Closes all resources and gives back all that the task still holds. */
    @Override
    public void close() {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
        if (!closed) {
            closed = true;
            budget.closeTask(heldBytes);
            heldBytes = 0;
        }
    }
}
