package io.raddle.block;

import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;

/** Memory for one partition that is being gathered. Used by the task's thread. */
final class Grant {
    private static final long STEP_BYTES = 64 << 10;

    private final MemoryBudget budget;
    private final Evictor evictor;
    private long granted;

    /** Makes room by evicting partitions of others. */
    @FunctionalInterface
    interface Evictor {
        /** Answers how many bytes were freed. */
        long evict(long bytes);
    }

    Grant(MemoryBudget budget, Evictor evictor) {
        this.budget = budget;
        this.evictor = evictor;
    }

    /** Whether so much may be held in all. */
    boolean covers(long bytes) {
        return bytes <= granted || grow(bytes - granted + Math.max(STEP_BYTES, bytes / 4)) || grow(bytes - granted);
    }

    private boolean grow(long more) {
        while (!budget.tryStore(more)) {
            if (more > budget.totalBytes() || evictor.evict(more - Math.max(0, budget.freeBytes())) == 0) {
                return false;
            }
        }
        granted += more;
        return true;
    }

    /** Keeps what is granted until the task ends, whose records it holds. */
    void handOver(TaskMemory task) {
        long held = granted;
        granted = 0;
        task.closeAtEnd(new Once(() -> budget.release(held))::run);
    }

    /** Gives back what is above so much, and is over: the rest belongs to the block. */
    void settle(long bytes) {
        budget.release(granted - bytes);
        granted = 0;
    }
}
