package io.raddle.plan;

import io.raddle.io.LocatedSplit;
import io.raddle.proto.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says what the task of a partition reads: walks from the root to the sources, through operators that keep partitions
 * in one step. Confined to the thread that plans.
 */
final class TaskReads {
    private final Operators operators;
    /** The operator whose partitions are those of this one: itself, or the nearest below that is not a function. */
    private final int[] below;
    /** For a union, where the partitions of each input begin. */
    private final int[][] offsets;

    private record Part(int operator, int partition) {}

    TaskReads(Operators operators) {
        this.operators = operators;
        this.below = new int[operators.size()];
        this.offsets = new int[operators.size()][];
        for (int i = 0; i < below.length; i++) {
            Operation operation = operators.node(i).operation();
            below[i] = operation instanceof Operation.Apply ? below[operators.inputs(i)[0]] : i;
            offsets[i] = operation instanceof Operation.Concatenate ? offsets(operators.inputs(i)) : new int[0];
        }
    }

    Stage.Task task(int partition) {
        List<Split> splits = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        Set<Part> seen = new HashSet<>();
        Deque<Part> rest = new ArrayDeque<>();
        rest.push(new Part(below[below.length - 1], partition));
        while (!rest.isEmpty()) {
            Part part = rest.pop();
            if (seen.add(part)) {
                read(part, rest, splits, hosts);
            }
        }
        return new Stage.Task(partition, splits, hosts);
    }

    private void read(Part part, Deque<Part> rest, List<Split> splits, List<String> hosts) {
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
        } else if (operation instanceof Operation.Slices slices) {
            splits.add(located(part)
                    .mergeFrom(slices.splits().get(part.partition()))
                    .setOperator(part.operator())
                    .setPartition(part.partition())
                    .build());
        } else if (operation instanceof Operation.Concatenate) {
            int input = inputOf(offsets[part.operator()], part.partition());
            rest.push(new Part(below[inputs[input]], part.partition() - offsets[part.operator()][input]));
        } else if (operation instanceof Operation.Regroup regroup) {
            regroup.groups()
                    .get(part.partition())
                    .getPartitionsList()
                    .forEach(partition -> rest.push(new Part(below[inputs[0]], partition)));
        } else if (operation instanceof Operation.Cartesian) {
            int each = operators.node(inputs[1]).partitions();
            rest.push(new Part(below[inputs[1]], part.partition() % each));
            rest.push(new Part(below[inputs[0]], part.partition() / each));
        } else if (operation instanceof Operation.Together || operation instanceof Operation.Zip) {
            for (int input : inputs) {
                rest.push(new Part(below[input], part.partition()));
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
