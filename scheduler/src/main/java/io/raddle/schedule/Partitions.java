package io.raddle.schedule;

import java.util.Arrays;

/** Which partitions the tasks of a stage compute: ascending, without holes for a map stage. Immutable. */
public final class Partitions {
    private final int size;
    /** Empty when task i computes partition i. */
    private final int[] chosen;

    private Partitions(int size, int[] chosen) {
        this.size = size;
        this.chosen = chosen;
    }

    /** Partitions 0 to {@code size - 1}. */
    public static Partitions dense(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("a stage cannot have " + size + " partitions");
        }
        return new Partitions(size, new int[0]);
    }

    /** These partitions, in any order. */
    public static Partitions of(int... partitions) {
        int[] sorted = Arrays.stream(partitions).sorted().distinct().toArray();
        if (sorted.length > 0 && sorted[0] < 0) {
            throw new IllegalArgumentException("there is no partition " + sorted[0]);
        }
        boolean dense = sorted.length == 0 || sorted[sorted.length - 1] == sorted.length - 1;
        return new Partitions(sorted.length, dense ? new int[0] : sorted);
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** Partition of the task with this index. */
    public int partition(int task) {
        return chosen.length == 0 ? task : chosen[task];
    }

    /** Index of the task that computes this partition, negative when none does. */
    int task(int partition) {
        if (chosen.length == 0) {
            return partition >= 0 && partition < size ? partition : -1;
        }
        return Arrays.binarySearch(chosen, partition);
    }

    boolean isDense() {
        return chosen.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partitions that && size == that.size && Arrays.equals(chosen, that.chosen);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(chosen);
    }

    @Override
    public String toString() {
        return chosen.length == 0 ? "0 to " + (size - 1) : Arrays.toString(chosen);
    }
}
