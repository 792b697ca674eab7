package io.raddle.memory;

/**
 * The bytes that the engine's maps, sorters and groups in one executor may hold. Of N running tasks each may have up to
 * 1/N, and half of 1/slots is kept for every slot, so a task that starts late is never without. Nothing here waits:
 * whoever is refused spills. Safe for all threads.
 */
public final class MemoryBudget {
    private final long totalBytes;
    private final int slots;
    private final long guaranteedBytes;
    private int tasks;
    private long usedBytes;
    /** What tasks hold above their guarantee. */
    private long sharedBytes;

    /** A budget of {@code totalBytes} for {@code slots} tasks at a time. */
    public MemoryBudget(long totalBytes, int slots) {
        if (totalBytes < 0 || slots < 1) {
            throw new IllegalArgumentException(totalBytes + " bytes for " + slots + " slots");
        }
        this.totalBytes = totalBytes;
        this.slots = slots;
        guaranteedBytes = totalBytes / (2L * slots);
    }

    /** The memory of a task that starts now; close it when the task ends. */
    public synchronized TaskMemory openTask() {
        tasks++;
        return new TaskMemory(this);
    }

    public long totalBytes() {
        return totalBytes;
    }

    /** What all tasks hold now. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /** The least that a task can count on, whatever the others do. */
    public long guaranteedBytes() {
        return guaranteedBytes;
    }

    synchronized boolean tryGrow(long held, long bytes) {
        long wanted = held + bytes;
        boolean guaranteed = wanted <= guaranteedBytes && tasks <= slots;
        boolean shared = wanted <= totalBytes / Math.max(1, tasks)
                && sharedBytes + above(wanted) - above(held) <= totalBytes - guaranteedBytes * slots;
        if (guaranteed || shared) {
            change(held, wanted);
            return true;
        }
        return false;
    }

    synchronized void change(long held, long wanted) {
        usedBytes += wanted - held;
        sharedBytes += above(wanted) - above(held);
    }

    synchronized void closeTask(long held) {
        change(held, 0);
        tasks--;
    }

    private long above(long held) {
        return Math.max(0, held - guaranteedBytes);
    }
}
