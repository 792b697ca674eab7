package io.raddle.plan;

import io.raddle.id.ShuffleId;
import io.raddle.proto.Cartesian;
import io.raddle.proto.Checkpoint;
import io.raddle.proto.CoGroup;
import io.raddle.proto.Coalesce;
import io.raddle.proto.CollectionSource;
import io.raddle.proto.Operator;
import io.raddle.proto.ShuffleRead;
import io.raddle.proto.Storage;
import io.raddle.proto.TextSource;
import io.raddle.proto.Transform;
import io.raddle.proto.Union;
import io.raddle.proto.ZipPartitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of one stage as flat operators: from a root back to sources and shuffles, inputs before those who use them,
 * unions of unions laid flat. Confined to the thread that plans.
 */
final class Operators {
    private final List<Lineage> nodes = new ArrayList<>();
    private final List<int[]> inputs = new ArrayList<>();
    private final List<Optional<Storage>> storages = new ArrayList<>();
    private final Map<Lineage, Integer> indices = new IdentityHashMap<>();
    private final Map<ShuffleId, Lineage> reads = new LinkedHashMap<>();

    private static final class Visit {
        private final Lineage node;
        private final List<Lineage> inputs;
        private int next;

        Visit(Lineage node) {
            this.node = node;
            this.inputs = localInputs(node);
        }
    }

    Operators(Lineage root) {
        Deque<Visit> visits = new ArrayDeque<>();
        visits.push(new Visit(root));
        while (!visits.isEmpty()) {
            Visit visit = visits.peek();
            if (visit.next < visit.inputs.size()) {
                Lineage input = visit.inputs.get(visit.next++);
                if (!indices.containsKey(input)) {
                    visits.push(new Visit(input));
                }
            } else {
                visits.pop();
                add(visit.node, visit.inputs);
            }
        }
    }

    int size() {
        return nodes.size();
    }

    Lineage node(int operator) {
        return nodes.get(operator);
    }

    /** Operators that this one reads; empty for sources and shuffle reads. */
    int[] inputs(int operator) {
        return inputs.get(operator);
    }

    /** How the partitions of an operator are kept. */
    Optional<Storage> storage(int operator) {
        return storages.get(operator);
    }

    /** All storages of these operators. */
    List<Integer> storages() {
        return storages.stream().flatMap(Optional::stream).map(Storage::getId).toList();
    }

    /** How many executors shall keep each partition of those storages where it is more than one. */
    SortedMap<Integer, Integer> copies() {
        SortedMap<Integer, Integer> copies = new TreeMap<>();
        for (Optional<Storage> storage : storages) {
            storage.filter(level -> level.getCopies() > 1)
                    .ifPresent(level -> copies.put(level.getId(), level.getCopies()));
        }
        return copies;
    }

    /** The exchanges that are read only where a partition that is kept is missing. */
    List<Lineage> deferrable() {
        List<Lineage> rest = new ArrayList<>(reads.values());
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(nodes.size() - 1));
        while (!work.isEmpty()) {
            int operator = work.pop();
            if (seen.get(operator) || storages.get(operator).isPresent()) {
                continue;
            }
            seen.set(operator);
            rest.remove(nodes.get(operator));
            for (int input : inputs.get(operator)) {
                work.push(input);
            }
        }
        return rest;
    }

    /** The exchanges that these operators read. */
    List<Lineage> exchanges() {
        return List.copyOf(reads.values());
    }

    boolean dependOnOrder() {
        return nodes.stream().anyMatch(node -> isLocal(node) && node.dependsOnOrder());
    }

    /** A stage that is made once for many jobs has them from now on. */
    void share() {
        nodes.stream().filter(Operators::isLocal).forEach(Lineage::share);
    }

    List<Operator> messages() {
        List<Operator> messages = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            messages.add(message(nodes.get(i), inputs.get(i), storages.get(i)));
        }
        return messages;
    }

    private void add(Lineage node, List<Lineage> from) {
        if (indices.containsKey(node)) {
            return;
        }
        indices.put(node, nodes.size());
        nodes.add(node);
        storages.add(node.storage());
        inputs.add(from.stream().mapToInt(indices::get).toArray());
        if (node.operation() instanceof Operation.Exchange exchange) {
            reads.put(exchange.shuffle().id(), node);
        }
    }

    private static boolean isLocal(Lineage node) {
        return !(node.operation() instanceof Operation.Exchange);
    }

    private static List<Lineage> localInputs(Lineage node) {
        if (!isLocal(node)) {
            return List.of();
        }
        return isUnion(node) ? flattened(node) : node.inputs();
    }

    private static List<Lineage> flattened(Lineage union) {
        List<Lineage> flat = new ArrayList<>();
        Deque<Lineage> rest = new ArrayDeque<>();
        rest.push(union);
        while (!rest.isEmpty()) {
            Lineage node = rest.pop();
            if (isUnion(node) && (node == union || node.storage().isEmpty())) {
                for (int i = node.inputs().size() - 1; i >= 0; i--) {
                    rest.push(node.inputs().get(i));
                }
            } else {
                flat.add(node);
            }
        }
        return flat;
    }

    private static boolean isUnion(Lineage node) {
        return node.operation() instanceof Operation.Concatenate;
    }

    private static Operator message(Lineage node, int[] inputs, Optional<Storage> storage) {
        Operator.Builder message = Operator.newBuilder().setPartitions(node.partitions());
        storage.ifPresent(message::setStorage);
        for (int input : inputs) {
            message.addInputs(input);
        }
        Operation operation = node.operation();
        if (operation instanceof Operation.Text text) {
            message.setTextSource(TextSource.newBuilder().putAllConfiguration(text.configuration()));
        } else if (operation instanceof Operation.Formatted formatted) {
            message.setHadoopSource(formatted.source());
        } else if (operation instanceof Operation.Slices) {
            message.setCollectionSource(CollectionSource.getDefaultInstance());
        } else if (operation instanceof Operation.Apply apply) {
            message.setTransform(Transform.newBuilder().setShape(apply.shape()).setFunction(apply.function()));
        } else if (operation instanceof Operation.Concatenate) {
            message.setUnion(Union.getDefaultInstance());
        } else if (operation instanceof Operation.Regroup regroup) {
            message.setCoalesce(Coalesce.newBuilder().addAllGroups(regroup.groups()));
        } else if (operation instanceof Operation.Exchange exchange) {
            Shuffle shuffle = exchange.shuffle();
            message.setShuffleRead(
                    ShuffleRead.newBuilder().setShuffle(shuffle.id().number()).setCombine(shuffle.read()));
        } else if (operation instanceof Operation.Checkpointed files) {
            message.setCheckpointSource(Checkpoint.newBuilder().setPath(files.directory()));
        } else if (operation instanceof Operation.Cartesian) {
            message.setCartesian(Cartesian.getDefaultInstance());
        } else if (operation instanceof Operation.Zip zip) {
            message.setZipPartitions(ZipPartitions.newBuilder().setFunction(zip.function()));
        } else {
            message.setCoGroup(CoGroup.getDefaultInstance());
        }
        return message.build();
    }
}
