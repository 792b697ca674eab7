package io.raddle.memory;

/**
 * The bytes that the engine's maps, sorters and groups in one executor may hold. Of N running tasks each may have up to
 * 1/N, and half of 1/slots is kept for every slot, so a task that starts late is never without. Kept partitions may take
 * what no task uses; a task that needs it has them evicted, down to half of the whole. Nothing here waits: whoever is
 * refused spills. Safe for all threads.
 */
public final class MemoryBudget {
    private static final long GRANTED = 0;
    private static final long REFUSED = -1;

    private final long totalBytes;
    private final int slots;
    private final long guaranteedBytes;
    private int tasks;
    private long usedBytes;
    /** What tasks hold above their guarantee. */
    private long sharedBytes;
    /** What kept partitions hold. */
    private long storedBytes;

    private volatile Lender lender = bytes -> 0;

    /** Who holds memory that tasks may claim back. */
    @FunctionalInterface
    public interface Lender {
        /** Gives up about so many bytes, or more; answers how many. Called without a lock of the budget. */
        long giveUp(long bytes);
    }

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

    /** Names who keeps partitions in this memory. */
    public void lends(Lender storage) {
        lender = storage;
    }

    /** What kept partitions hold now. */
    public synchronized long storedBytes() {
        return storedBytes;
    }

    /** What execution leaves to kept partitions, however much it needs. */
    public long protectedBytes() {
        return totalBytes / 2;
    }

    /** Takes memory for kept partitions when so much is free. */
    public synchronized boolean tryStore(long bytes) {
        if (storedBytes + bytes > totalBytes - usedBytes) {
            return false;
        }
        storedBytes += bytes;
        return true;
    }

    /** How much is free to be taken by kept partitions; negative when there is too little already. */
    public synchronized long freeBytes() {
        return totalBytes - usedBytes - storedBytes;
    }

    /** Gives back memory of kept partitions. */
    public synchronized void release(long stored) {
        storedBytes -= stored;
    }

    boolean tryGrow(long held, long bytes) {
        long missing = grow(held, bytes);
        while (missing > 0) {
            if (lender.giveUp(missing) == 0) {
                return false;
            }
            missing = grow(held, bytes);
        }
        return missing == GRANTED;
    }

    /** Grants, refuses, or answers how many bytes kept partitions must give up first. */
    private synchronized long grow(long held, long bytes) {
        long wanted = held + bytes;
        boolean guaranteed = wanted <= guaranteedBytes && tasks <= slots;
        boolean shared = wanted <= totalBytes / Math.max(1, tasks)
                && sharedBytes + above(wanted) - above(held) <= totalBytes - guaranteedBytes * slots;
        if (!guaranteed && !shared) {
            return REFUSED;
        }
        long missing = usedBytes + bytes + storedBytes - totalBytes;
        if (storedBytes > 0 && missing > 0) {
            return missing <= storedBytes - protectedBytes() ? missing : REFUSED;
        }
        change(held, wanted);
        return GRANTED;
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
