package io.raddle.plan;

import io.raddle.id.ShuffleId;
import io.raddle.proto.Action;
import io.raddle.proto.Artifact;
import io.raddle.proto.Checkpoint;
import io.raddle.proto.Definitions;
import io.raddle.proto.Output;
import io.raddle.proto.ShuffleWrite;
import io.raddle.proto.StagePlan;
import io.raddle.wire.Sha256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of lineage. A stage that writes a shuffle is made once and shared by all jobs that read the shuffle,
 * until it is forgotten. Thread-safe; never holds on to lineage.
 */
public final class Planner {
    private final List<Artifact> jars;
    private final Deque<Artifact> added = new ArrayDeque<>();
    private final Map<ShuffleId, Stage> mapStages = new HashMap<>();
    private Optional<Definitions> definitions = Optional.empty();

    /** Plans that name these jars. */
    public Planner(List<Artifact> jars) {
        this.jars = List.copyOf(jars);
    }

    /** Plans that are made from now on name these classes of a prompt. */
    public synchronized void define(Definitions classes) {
        definitions = Optional.of(classes);
    }

    /** Plans name this jar first from now on, and no other of its name that was added before. */
    public synchronized void addJar(String name, Artifact jar) {
        added.removeIf(known -> known.getName().equals(name));
        added.addFirst(jar.toBuilder().setName(name).build());
    }

    private record Visit(Lineage exchange, Stage stage, Deque<Lineage> inputs) {}

    private record Made(Stage stage, List<Lineage> exchanges) {}

    /** The stages of a job over some partitions of {@code root}, each after those whose shuffles it reads. */
    public synchronized List<Stage> stages(Lineage root, Sink sink, IntStream partitions, String name) {
        Map<ShuffleId, Stage> done = new LinkedHashMap<>();
        Made result = make(root, sink(sink), Optional.empty(), partitions, name);
        Deque<Visit> visits = new ArrayDeque<>();
        visits.push(new Visit(root, result.stage(), new ArrayDeque<>(result.exchanges())));
        while (!visits.isEmpty()) {
            Visit visit = visits.peek();
            Lineage exchange = visit.inputs().poll();
            if (exchange == null) {
                visits.pop();
                visit.stage().output().ifPresent(shuffle -> done.put(shuffle, visit.stage()));
            } else if (!done.containsKey(shuffle(exchange).id())) {
                visits.push(visit(exchange));
            }
        }
        List<Stage> stages = new ArrayList<>(done.values());
        stages.add(result.stage());
        return stages;
    }

    /**
     * The records of {@code node} come from this source in jobs that are planned from now on. Answers false, and leaves it
     * as it is, when a stage that later jobs share computes it.
     */
    public synchronized boolean replace(Lineage node, Operation source) {
        if (node.isShared()) {
            return false;
        }
        node.replace(source);
        return true;
    }

    /** No later job will read this shuffle. */
    public synchronized void forget(ShuffleId shuffle) {
        mapStages.remove(shuffle);
    }

    private Visit visit(Lineage exchange) {
        Shuffle shuffle = shuffle(exchange);
        Lineage root = exchange.inputs().get(0);
        @Nullable Stage known = mapStages.get(shuffle.id());
        if (known != null) {
            return new Visit(exchange, known, new ArrayDeque<>(new Operators(root).exchanges()));
        }
        StagePlan.Builder plan = StagePlan.newBuilder()
                .setShuffleWrite(ShuffleWrite.newBuilder()
                        .setShuffle(shuffle.id().number())
                        .setPartitions(shuffle.partitions())
                        .setPartitioner(shuffle.partitioner())
                        .setCombine(shuffle.write()));
        Made made = make(root, plan, Optional.of(exchange), IntStream.range(0, root.partitions()), exchange.site());
        mapStages.put(shuffle.id(), made.stage());
        return new Visit(exchange, made.stage(), new ArrayDeque<>(made.exchanges()));
    }

    private Made make(
            Lineage root, StagePlan.Builder plan, Optional<Lineage> output, IntStream partitions, String name) {
        Operators operators = new Operators(root);
        definitions.ifPresent(plan::setDefinitions);
        StagePlan message = plan.addAllOperators(operators.messages())
                .addAllJars(added)
                .addAllJars(jars)
                .setBesideProgram(jars.isEmpty() && !added.isEmpty())
                .build();
        TaskReads reads = new TaskReads(operators);
        List<Lineage> exchanges = operators.exchanges();
        output.ifPresent(shuffle -> operators.share());
        Stage stage = new Stage(
                name,
                output.map(exchange -> shuffle(exchange).id()),
                exchanges.stream().map(exchange -> shuffle(exchange).id()).toList(),
                message.toByteString(),
                Sha256.of(message.toByteArray()).bytes(),
                partitions.mapToObj(reads::task).toList(),
                publication(message),
                operators.dependOnOrder()
                        || output.filter(Lineage::dependsOnOrder).isPresent(),
                new Stage.Kept(
                        operators.deferrable().stream()
                                .map(exchange -> shuffle(exchange).id())
                                .toList(),
                        operators.storages(),
                        operators.copies()));
        return new Made(stage, exchanges);
    }

    private static Stage.Publication publication(StagePlan plan) {
        if (plan.hasCheckpoint()) {
            return Stage.Publication.REPEATABLE;
        }
        if (!plan.hasOutput()) {
            return Stage.Publication.NONE;
        }
        return plan.getOutput().getCommitsOnce() ? Stage.Publication.ONCE : Stage.Publication.REPEATABLE;
    }

    private static StagePlan.Builder sink(Sink sink) {
        StagePlan.Builder plan = StagePlan.newBuilder();
        if (sink instanceof Sink.Files files) {
            return plan.setOutput(Output.newBuilder()
                    .setPath(files.path())
                    .setCodec(files.codec())
                    .putAllConfiguration(files.configuration()));
        }
        if (sink instanceof Sink.Written written) {
            return plan.setOutput(written.output());
        }
        if (sink instanceof Sink.Checkpoint checkpoint) {
            return plan.setCheckpoint(Checkpoint.newBuilder().setPath(checkpoint.directory()));
        }
        return plan.setAction(Action.newBuilder().setFunction(((Sink.Value) sink).function()));
    }

    private static Shuffle shuffle(Lineage exchange) {
        return ((Operation.Exchange) exchange.operation()).shuffle();
    }
}
