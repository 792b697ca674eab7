package io.raddle.plan;

import io.raddle.schedule.JobPool;
import java.util.stream.IntStream;

/**
 * Some partitions of a lineage and what becomes of them; {@code site} is what the program called and where, {@code pool}
 * with which jobs it shares its part of the executors.
 */
public record JobRequest(Lineage root, Partitions partitions, Sink sink, String site, JobPool pool) {
    /** In the pool of those that nobody put elsewhere. */
    public JobRequest(Lineage root, Partitions partitions, Sink sink, String site) {
        this(root, partitions, sink, site, JobPool.DEFAULT);
    }

    /** From {@code first} on, {@code count} partitions. */
    public record Partitions(int first, int count) {
        /** Their numbers. */
        public IntStream stream() {
            return IntStream.range(first, first + count);
        }
    }

    /** All partitions. */
    public static JobRequest whole(Lineage root, Sink sink, String site) {
        return new JobRequest(root, new Partitions(0, root.partitions()), sink, site);
    }
}
