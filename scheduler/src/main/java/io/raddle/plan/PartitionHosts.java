package io.raddle.plan;

import java.util.List;
import java.util.stream.IntStream;

/** Where the partitions of a lineage would best be computed. */
public final class PartitionHosts {
    private PartitionHosts() {}

    /** For each partition, the hosts that hold what it reads first; none behind a shuffle. */
    public static List<List<String>> of(Lineage root) {
        TaskReads reads = new TaskReads(new Operators(root));
        return IntStream.range(0, root.partitions())
                .mapToObj(partition -> reads.task(partition).hosts())
                .toList();
    }
}
