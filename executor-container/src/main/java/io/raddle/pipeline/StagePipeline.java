package io.raddle.pipeline;

import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function2;
import io.raddle.proto.Operator;
import io.raddle.proto.StagePlan;
import io.raddle.proto.Transform;
import io.raddle.proto.Transform.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A stage's operators, ready to run over any partition: decoded once, immutable, shared by all tasks of the stage. Lists
 * of operators of any length are walked by loops; only unions of partitions nest, as deep as the plan regroups them.
 */
public final class StagePipeline {
    private final StagePlan plan;
    private final int[] partitions;

    public StagePipeline(StagePlan plan) {
        this.plan = plan;
        this.partitions = countPartitions(plan);
    }

    /** The plan that this runs. */
    public StagePlan plan() {
        return plan;
    }

    /** The records of one partition of the root, computed as they are pulled by the calling thread. */
    public Iterator<?> open(int partition, Sources sources, Functions functions, KillSwitch killSwitch) {
        return new Opening(sources, functions, killSwitch).open(plan.getOperatorsCount() - 1, partition);
    }

    private static int[] countPartitions(StagePlan plan) {
        int[] counts = new int[plan.getOperatorsCount()];
        for (int index = 0; index < counts.length; index++) {
            Operator operator = plan.getOperators(index);
            for (int input : operator.getInputsList()) {
                if (input < 0 || input >= index) {
                    throw new IllegalArgumentException("operator " + index + " reads operator " + input);
                }
            }
            boolean asItsInput = operator.getPartitions() == 0 && operator.getInputsCount() > 0;
            counts[index] = asItsInput ? counts[operator.getInputs(0)] : operator.getPartitions();
        }
        return counts;
    }

    /** What the operators of one task have in common. */
    private final class Opening {
        private final Sources sources;
        private final Functions functions;
        private final KillSwitch killSwitch;

        Opening(Sources sources, Functions functions, KillSwitch killSwitch) {
            this.sources = sources;
            this.functions = functions;
            this.killSwitch = killSwitch;
        }

        Iterator<?> open(int root, int rootPartition) {
            return open(root, rootPartition, false);
        }

        /** {@code anew} computes the root's partition even where it is kept. */
        private Iterator<?> open(int root, int rootPartition, boolean anew) {
            List<Placed> above = new ArrayList<>();
            int index = root;
            int partition = rootPartition;
            boolean computes = anew;
            while (true) {
                Operator operator = plan.getOperators(index);
                if (operator.hasStorage() && !computes) {
                    int kept = index;
                    int which = partition;
                    return transformed(sources.kept(operator, which, () -> open(kept, which, true)), above);
                }
                computes = false;
                switch (operator.getKindCase()) {
                    case TRANSFORM -> {
                        above.add(new Placed(operator.getTransform(), partition));
                        index = operator.getInputs(0);
                    }
                    case UNION -> {
                        int input = 0;
                        while (partition >= partitions[operator.getInputs(input)]) {
                            partition -= partitions[operator.getInputs(input++)];
                        }
                        index = operator.getInputs(input);
                    }
                    case COALESCE -> {
                        List<Integer> group =
                                operator.getCoalesce().getGroups(partition).getPartitionsList();
                        index = operator.getInputs(0);
                        if (group.size() != 1) {
                            int input = index;
                            return transformed(new Concatenated(group, each -> open(input, each)), above);
                        }
                        partition = group.get(0);
                    }
                    case CO_GROUP -> {
                        List<Iterator<?>> inputs = new ArrayList<>();
                        for (int input : operator.getInputsList()) {
                            inputs.add(open(input, partition));
                        }
                        return transformed(sources.coGroup(inputs), above);
                    }
                    case CARTESIAN -> {
                        int left = operator.getInputs(0);
                        int right = operator.getInputs(1);
                        int each = partitions[right];
                        int of = partition;
                        return transformed(
                                new Product(open(left, of / each), () -> open(right, of % each), sources), above);
                    }
                    case ZIP_PARTITIONS -> {
                        List<Iterator<?>> inputs = new ArrayList<>();
                        for (int input : operator.getInputsList()) {
                            inputs.add(open(input, partition));
                        }
                        Object function =
                                functions.decode(operator.getZipPartitions().getFunction());
                        return transformed(zipped(function, partition, inputs), above);
                    }
                    default -> {
                        return transformed(sources.open(plan, index, operator, partition), above);
                    }
                }
            }
        }

        private Iterator<?> transformed(Iterator<?> source, List<Placed> above) {
            Iterator<?> records = source;
            List<Step> run = new ArrayList<>();
            for (int at = above.size() - 1; at >= 0; at--) {
                Placed placed = above.get(at);
                switch (placed.transform().getShape()) {
                    case MAP_PARTITIONS, MAP_PARTITIONS_WITH_INDEX, PIPE -> {
                        records = partitionWise(placed, fused(records, run));
                        run = new ArrayList<>();
                    }
                    case BY_CONTENT -> {
                        records = sources.byContent(fused(records, run));
                        run = new ArrayList<>();
                    }
                    default -> run.add(step(placed.transform()));
                }
            }
            return fused(records, run);
        }

        private Iterator<?> fused(Iterator<?> records, List<Step> run) {
            return run.isEmpty() ? records : new FusedIterator(records, run, killSwitch);
        }

        private Step step(Transform transform) {
            return switch (transform.getShape()) {
                case KEYS_ONLY -> Step.keys();
                case VALUES_ONLY -> Step.values();
                default -> Step.of(transform.getShape(), functions.decode(transform.getFunction()));
            };
        }

        @SuppressWarnings("unchecked")
        private Iterator<?> zipped(Object function, int partition, List<Iterator<?>> inputs) {
            try {
                return UserIterator.of(
                        ((Function2<Integer, Iterator<?>[], Iterator<?>>) function)
                                .call(partition, inputs.toArray(new Iterator<?>[0])),
                        killSwitch);
            } catch (Exception e) {
                throw UserFailure.of(e);
            }
        }

        @SuppressWarnings("unchecked")
        private Iterator<?> partitionWise(Placed placed, Iterator<?> records) {
            Object function = functions.decode(placed.transform().getFunction());
            if (placed.transform().getShape() == Shape.PIPE) {
                return sources.pipe(function, placed.partition(), records);
            }
            try {
                Iterator<?> result = placed.transform().getShape() == Shape.MAP_PARTITIONS
                        ? ((FlatMapFunction<Object, Object>) function).call(records)
                        : ((Function2<Integer, Object, Iterator<Object>>) function).call(placed.partition(), records);
                return UserIterator.of(result, killSwitch);
            } catch (Exception e) {
                throw UserFailure.of(e);
            }
        }
    }

    private record Placed(Transform transform, int partition) {}
}
