package io.raddle.schedule.simulation;

import io.raddle.schedule.StageSpec;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.StageSpec.Recomputation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the tasks of one stage compute: small integers read, changed by a few operations, and dealt out to the partitions
 * of the next. Where the records go is decided by their value, by the order in which they came, or by chance.
 */
final class SimStage {
    enum Operation {
        MAP,
        FILTER,
        FLAT_MAP,
        COUNT
    }

    enum Deal {
        BY_VALUE,
        BY_ORDER,
        BY_CHANCE
    }

    private static final int MASK = 0xFFFF;
    private static final int SOURCE_RECORDS = 12;

    final StageSpec spec;
    final List<SimStage> inputs;
    final boolean union;
    final Operation operation;
    final int factor;
    final Deal deal;
    /** Partitions of its output; 0 for a result stage. */
    final int width;
    /** Partition whose task always fails, negative when none does. */
    final int poisoned;

    /** Whether it takes its executor along. */
    final boolean deadly;

    final int meanMillis;
    /** What it reads in place of its inputs, where that is kept. */
    final Optional<SimCache> cache;

    SimStage(
            StageSpec spec,
            List<SimStage> inputs,
            boolean union,
            Operation operation,
            int factor,
            Deal deal,
            int width,
            int poisoned,
            boolean deadly,
            int meanMillis,
            Optional<SimCache> cache) {
        this.spec = spec;
        this.inputs = inputs;
        this.union = union;
        this.operation = operation;
        this.factor = factor;
        this.deal = deal;
        this.width = width;
        this.poisoned = poisoned;
        this.deadly = deadly;
        this.meanMillis = meanMillis;
        this.cache = cache;
    }

    static Recomputation recomputation(Deal deal, boolean source) {
        return switch (deal) {
            case BY_VALUE -> Recomputation.REPEATS;
            case BY_ORDER -> source ? Recomputation.REPEATS : Recomputation.DEPENDS_ON_ORDER;
            case BY_CHANCE -> Recomputation.VARIES;
        };
    }

    boolean isSource() {
        return inputs.isEmpty();
    }

    /** Whether this task always takes its executor along, and does so while it may publish. */
    boolean diesCommitting(int partition) {
        return poisoned == partition && deadly && commits();
    }

    boolean commits() {
        return spec.publication() != Publication.NONE;
    }

    /** Whether what lies in one of its partitions is known, and not only what lies in all together. */
    boolean hasFixedPartitions() {
        return inputs.stream().allMatch(input -> input.deal == Deal.BY_VALUE);
    }

    /** Which partition of this input the task of a partition reads, negative when none. */
    int reads(int input, int partition) {
        if (!union) {
            return partition;
        }
        int before = 0;
        for (int i = 0; i < input; i++) {
            before += inputs.get(i).width;
        }
        return partition >= before && partition < before + inputs.get(input).width ? partition - before : -1;
    }

    List<Integer> source(int partition) {
        List<Integer> records = new ArrayList<>();
        for (int i = 0; i < SOURCE_RECORDS; i++) {
            records.add((partition * 7919 + i * 104729 + factor) % 50);
        }
        return records;
    }

    List<Integer> apply(List<Integer> records) {
        List<Integer> out = new ArrayList<>();
        if (operation == Operation.COUNT) {
            TreeMap<Integer, Integer> counts = new TreeMap<>();
            records.forEach(record -> counts.merge(record, 1, Integer::sum));
            counts.forEach((record, count) -> out.add(record * 31 + count & MASK));
            return out;
        }
        for (int record : records) {
            if (operation == Operation.MAP) {
                out.add(record * factor + 1 & MASK);
            } else if (operation == Operation.FLAT_MAP) {
                out.add(record);
                out.add(record ^ factor);
            } else if (record % (2 + factor % 5) != 0) {
                out.add(record);
            }
        }
        return out;
    }

    /** Deals records out in the order given. */
    List<List<Integer>> deal(List<Integer> records, int partition, Chance chance) {
        List<List<Integer>> row = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            row.add(new ArrayList<>());
        }
        int next = partition;
        for (int record : records) {
            int target = switch (deal) {
                case BY_VALUE -> record % width;
                case BY_ORDER -> next++ % width;
                case BY_CHANCE -> chance.below(width);
            };
            row.get(target).add(record);
        }
        return row;
    }

    /** Whether a loss may make it compute again what is not lost. */
    boolean mayBeRolledBack() {
        return deal != Deal.BY_VALUE || inputs.stream().anyMatch(SimStage::mayBeRolledBack);
    }

    @Override
    public String toString() {
        return spec + " " + operation + " dealt " + deal + (union ? " union" : "")
                + cache.map(kept -> " of kept " + kept.storage()).orElse("");
    }
}
