package io.raddle;

/**
 * An executor of an application.
 *
 * @param executorId its number
 * @param node host:port of the NodeManager that runs it
 * @param slots how many tasks it runs at once
 * @param runningTasks attempts that it was given and that have not ended
 * @param residentBytes resident memory of its process when it last said so
 * @param attached false while its process is still starting
 * @param keptPartitions how many partitions it keeps of what the program persisted
 */
public record ExecutorInfo(
        int executorId,
        String node,
        int slots,
        int runningTasks,
        long residentBytes,
        boolean attached,
        int keptPartitions) {}
