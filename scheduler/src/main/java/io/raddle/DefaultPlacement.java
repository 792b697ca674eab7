package io.raddle;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Partitioner;
import io.raddle.plan.Lineage;
import java.util.Comparator;
import java.util.List;

/** Where an operation that moves records puts them when the program does not say. */
final class DefaultPlacement {
    /** A placement so many times smaller than the largest input would make partitions that are too large. */
    private static final int MUCH_SMALLER = 10;

    private DefaultPlacement() {}

    /** How many partitions: {@code raddle.default.parallelism} where it is set, else as many as the largest input has. */
    static int partitions(Session session, List<Lineage> inputs) {
        return session.engine().givenPartitions().orElse(largest(inputs));
    }

    static int partitions(Session session, Lineage input) {
        return partitions(session, List.of(input));
    }

    /**
     * The partitioner of inputs: of those that are placed, the one over most partitions, so that only the others move,
     * unless it is far too small for them; else by hash.
     */
    static Partitioner of(Session session, List<Lineage> inputs) {
        int partitions = partitions(session, inputs);
        return inputs.stream()
                .flatMap(input -> input.partitioner().stream())
                .max(Comparator.comparingInt(Partitioner::partitions))
                .filter(placed -> placed.partitions() >= partitions
                        || (long) placed.partitions() * MUCH_SMALLER > largest(inputs))
                .orElseGet(() -> new HashPartitioner(partitions));
    }

    private static int largest(List<Lineage> inputs) {
        return Math.max(1, inputs.stream().mapToInt(Lineage::partitions).max().orElse(1));
    }
}
