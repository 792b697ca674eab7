package io.raddle.plan;

import io.raddle.io.LocatedSplit;
import io.raddle.proto.Split;
import io.raddle.proto.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what the task of a partition reads: walks from the root to the sources, through operators that keep partitions
 * in one step. Confined to the thread that plans.
 */
final class TaskReads {
    /** A chain of kept sets may be long; those far behind are hardly ever asked for. */
    private static final int MAX_BEHIND = 8;

    private final Operators operators;
    /** The operator whose partitions are those of this one: itself, or the nearest below that is not a function. */
    private final int[] below;
    /** For a union, where the partitions of each input begin. */
    private final int[][] offsets;

    /** {@code kept} says that it is read only where a kept partition is missing. */
    private record Part(int operator, int partition, boolean kept) {}

    TaskReads(Operators operators) {
        this.operators = operators;
        this.below = new int[operators.size()];
        this.offsets = new int[operators.size()][];
        for (int i = 0; i < below.length; i++) {
            Operation operation = operators.node(i).operation();
            below[i] =
                    operation instanceof Operation.Apply && operators.storage(i).isEmpty()
                            ? below[operators.inputs(i)[0]]
                            : i;
            offsets[i] = operation instanceof Operation.Concatenate ? offsets(operators.inputs(i)) : new int[0];
        }
    }

    Stage.Task task(int partition) {
        List<Split> splits = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        List<Stage.KeptPartition> blocks = new ArrayList<>();
        List<Stage.KeptPartition> behind = new ArrayList<>();
        Set<Part> seen = new HashSet<>();
        Set<Split> read = new LinkedHashSet<>();
        Deque<Part> rest = new ArrayDeque<>();
        rest.push(new Part(below[below.length - 1], partition, false));
        while (!rest.isEmpty()) {
            Part part = rest.pop();
            if (seen.add(part)) {
                Optional<Storage> storage = operators.storage(part.operator());
                if (storage.isPresent() && (!part.kept() || behind.size() < MAX_BEHIND)) {
                    (part.kept() ? behind : blocks)
                            .add(new Stage.KeptPartition(storage.get().getId(), part.partition()));
                }
                read(part, part.kept() || storage.isPresent(), rest, read, hosts);
            }
        }
        splits.addAll(read);
        return new Stage.Task(partition, splits, hosts, blocks, behind);
    }

    private void read(Part part, boolean kept, Deque<Part> rest, Collection<Split> splits, List<String> hosts) {
        int[] inputs = operators.inputs(part.operator());
        Operation operation = operators.node(part.operator()).operation();
        if (operation instanceof Operation.Text text) {
            InputSplit split = text.splits().get(part.partition());
            splits.add(located(part).setFile(split.file()).build());
            if (hosts.isEmpty()) {
                hosts.addAll(split.hosts());
            }
        } else if (operation instanceof Operation.Formatted formatted) {
            LocatedSplit split = formatted.splits().get(part.partition());
            splits.add(located(part).setHadoop(split.split()).build());
            if (hosts.isEmpty()) {
                hosts.addAll(split.hosts());
            }
        } else if (operation instanceof Operation.Checkpointed files) {
            if (hosts.isEmpty()) {
                hosts.addAll(files.hosts().get(part.partition()));
            }
        } else if (operation instanceof Operation.Slices slices) {
            splits.add(located(part)
                    .mergeFrom(slices.splits().get(part.partition()))
                    .setOperator(part.operator())
                    .setPartition(part.partition())
                    .build());
        } else if (operation instanceof Operation.Concatenate) {
            int input = inputOf(offsets[part.operator()], part.partition());
            rest.push(new Part(below[inputs[input]], part.partition() - offsets[part.operator()][input], kept));
        } else if (operation instanceof Operation.Regroup regroup) {
            regroup.groups()
                    .get(part.partition())
                    .getPartitionsList()
                    .forEach(partition -> rest.push(new Part(below[inputs[0]], partition, kept)));
        } else if (operation instanceof Operation.Apply) {
            rest.push(new Part(below[inputs[0]], part.partition(), kept));
        } else if (operation instanceof Operation.Cartesian) {
            int each = operators.node(inputs[1]).partitions();
            rest.push(new Part(below[inputs[1]], part.partition() % each, kept));
            rest.push(new Part(below[inputs[0]], part.partition() / each, kept));
        } else if (operation instanceof Operation.Together || operation instanceof Operation.Zip) {
            for (int input : inputs) {
                rest.push(new Part(below[input], part.partition(), kept));
            }
        }
    }

    private static Split.Builder located(Part part) {
        return Split.newBuilder().setOperator(part.operator()).setPartition(part.partition());
    }

    private int[] offsets(int[] inputs) {
        int[] starts = new int[inputs.length];
        for (int i = 1; i < inputs.length; i++) {
            starts[i] = starts[i - 1] + operators.node(inputs[i - 1]).partitions();
        }
        return starts;
    }

    /** The last input that begins at or before the partition: inputs without partitions are skipped so. */
    private static int inputOf(int[] starts, int partition) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= partition) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
