package io.raddle.schedule;

/**
 * The jobs with which a job shares its part of the executors; within a pool, jobs are served first in first out. What the
 * latest job says of its pool holds.
 *
 * @param name of the pool
 * @param weight of its part against the weights of other pools
 * @param minimum tasks that it may run before pools that have theirs get more
 */
public record JobPool(String name, int weight, int minimum) {
    /** Where jobs are that nobody put elsewhere. */
    public static final JobPool DEFAULT = new JobPool("default", 1, 0);

    public JobPool {
        if (name.isBlank() || weight < 1 || minimum < 0) {
            throw new IllegalArgumentException("pool \"" + name + "\", weight " + weight + ", minimum " + minimum);
        }
    }
}
