package io.raddle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Partitioner;
import io.raddle.id.ShuffleId;
import io.raddle.plan.Lineage.Origin;
import io.raddle.plan.Lineage.Placement;
import io.raddle.plan.Lineage.Sensitivity;
import io.raddle.proto.Artifact;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.proto.Combine;
import io.raddle.proto.FileSplit;
import io.raddle.proto.Operator;
import io.raddle.proto.Split;
import io.raddle.proto.StagePlan;
import io.raddle.proto.Transform.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Sink COUNT = new Sink.Value(ByteString.copyFromUtf8("count"));

    private final Planner planner = new Planner(List.of());
    private int nodes;
    private int shuffles;

    @Test
    void keepsOperationsThatMoveNothingInOneStage() {
        Lineage root = map(map(slices(3)));

        List<Stage> stages = stages(root);

        assertThat(stages).hasSize(1);
        assertThat(kinds(stages.get(0)))
                .containsExactly(
                        Operator.KindCase.COLLECTION_SOURCE, Operator.KindCase.TRANSFORM, Operator.KindCase.TRANSFORM);
        assertThat(stages.get(0).tasks()).extracting(Stage.Task::partition).containsExactly(0, 1, 2);
    }

    @Test
    void cutsLineageAtEachShuffleAndPutsWritersBeforeReaders() {
        Lineage first = exchange(map(slices(3)), 5);
        Lineage second = exchange(map(first), 2);

        List<Stage> stages = stages(map(second));

        assertThat(stages).extracting(stage -> stage.tasks().size()).containsExactly(3, 5, 2);
        assertThat(stages.get(0).inputs()).isEmpty();
        assertThat(stages.get(1).inputs())
                .containsExactly(stages.get(0).output().orElseThrow());
        assertThat(stages.get(2).inputs())
                .containsExactly(stages.get(1).output().orElseThrow());
        assertThat(stages.get(2).output()).isEmpty();
    }

    @Test
    void makesAShuffleThatTwoBranchesReadOnce() {
        Lineage shared = exchange(slices(4), 2);
        Lineage root = union(map(exchange(map(shared), 3)), map(shared));

        List<Stage> stages = stages(root);

        assertThat(stages).hasSize(3);
        assertThat(stages.get(2).inputs()).hasSize(2);
    }

    @Test
    void givesLaterJobsTheSameStageForTheSameShuffle() {
        Lineage shared = exchange(slices(4), 2);

        Stage first = stages(map(shared)).get(0);
        Stage again = stages(map(map(shared))).get(0);

        assertThat(again).isSameAs(first);
    }

    @Test
    void findsTheWritersOfAStageThatIsKnownAlready() {
        Lineage deep = exchange(map(exchange(slices(4), 3)), 2);
        stages(deep);

        assertThat(stages(map(deep))).hasSize(3);
    }

    @Test
    void makesAForgottenStageAnew() {
        Lineage shared = exchange(slices(4), 2);
        Stage first = stages(map(shared)).get(0);

        planner.forget(first.output().orElseThrow());

        assertThat(stages(map(shared)).get(0)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void givesEachTaskTheSplitThatItsPartitionNeeds() {
        Lineage left = slices(2);
        Lineage right = slices(3);

        List<Stage.Task> tasks = stages(map(union(map(left), right))).get(0).tasks();

        assertThat(tasks).hasSize(5);
        assertThat(tasks.get(1).splits()).containsExactly(split(0, 1));
        assertThat(tasks.get(2).splits()).containsExactly(split(2, 0));
        assertThat(tasks.get(4).splits()).containsExactly(split(2, 2));
    }

    @Test
    void givesATaskOfACoalescedPartitionAllSplitsOfItsGroup() {
        Lineage root = slices(4).regroup(origin(), List.of(group(0, 1, 2), group(3)));

        List<Stage.Task> tasks = stages(root).get(0).tasks();

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0).splits()).containsExactlyInAnyOrder(split(0, 0), split(0, 1), split(0, 2));
        assertThat(tasks.get(1).splits()).containsExactly(split(0, 3));
    }

    @Test
    void givesATaskTheHostsThatHoldItsInput() {
        InputSplit split = new InputSplit(FileSplit.newBuilder().setPath("f").build(), List.of("a", "b"));

        List<Stage> stages = stages(map(Lineage.text(origin(), List.of(split))));

        assertThat(stages.get(0).tasks().get(0).hosts()).containsExactly("a", "b");
        assertThat(stages.get(0).tasks().get(0).splits().get(0).getFile()).isEqualTo(split.file());
    }

    @Test
    void plansOnlyThePartitionsAskedFor() {
        List<Stage> stages = planner.stages(slices(10), COUNT, IntStream.range(4, 6), "take");

        assertThat(stages.get(0).tasks()).extracting(Stage.Task::partition).containsExactly(4, 5);
    }

    @Test
    void skipsInputsOfAUnionThatHaveNoPartitions() {
        Lineage root = union(union(slices(0), slices(1)), union(slices(0), slices(1)));

        List<Stage.Task> tasks = stages(root).get(0).tasks();

        assertThat(tasks).hasSize(2);
        assertThat(tasks).allSatisfy(task -> assertThat(task.splits()).hasSize(1));
    }

    @Test
    void putsAWholeLineageOfTenThousandMapsIntoOneStage() {
        Lineage root = slices(2);
        for (int i = 0; i < 10_000; i++) {
            root = map(root);
        }

        List<Stage> stages = stages(root);

        assertThat(plan(stages.get(0)).getOperatorsCount()).isEqualTo(10_001);
        assertThat(stages.get(0).tasks().get(1).splits()).containsExactly(split(0, 1));
        assertThat(LineageText.of(root, java.util.Optional.empty())).endsWith("… and more\n");
    }

    @Test
    void laysTenThousandUnionsFlat() {
        Lineage root = slices(1);
        for (int i = 0; i < 10_000; i++) {
            root = union(root, slices(1));
        }

        Stage stage = stages(root).get(0);

        StagePlan plan = plan(stage);
        assertThat(plan.getOperatorsCount()).isEqualTo(10_002);
        assertThat(plan.getOperators(10_001).getInputsCount()).isEqualTo(10_001);
        assertThat(stage.tasks().get(7_000).splits()).containsExactly(split(7_000, 0));
    }

    @Test
    void cutsThousandsOfShufflesInARow() {
        Lineage root = slices(1);
        for (int i = 0; i < 3_000; i++) {
            root = exchange(root, 1);
        }

        assertThat(stages(root)).hasSize(3_001);
    }

    @Test
    void doesNotMoveInputsThatAreInPlace() {
        Partitioner partitioner = new HashPartitioner(3);
        Lineage placed = exchange(slices(4), 3);
        Lineage kept =
                placed.apply(origin(), Shape.MAP_VALUES, ByteString.EMPTY, Placement.KEPT, Sensitivity.BLIND_TO_ORDER);

        Lineage root = Lineage.together(origin(), List.of(kept, kept), partitioner);

        assertThat(kept.partitioner()).contains(partitioner);
        assertThat(map(kept).partitioner()).isEmpty();
        assertThat(stages(root)).hasSize(2);
    }

    @Test
    void saysWhichStagesDependOnAnOrderThatShufflesChange() {
        Lineage fromSource = numbered(slices(2));
        Lineage fromShuffle = numbered(exchange(slices(2), 2));
        Lineage spreadSource = spread(slices(2));
        Lineage spreadShuffle = spread(exchange(slices(2), 2));

        assertThat(stages(fromSource).get(0).dependsOnOrder()).isFalse();
        assertThat(stages(fromShuffle)).extracting(Stage::dependsOnOrder).containsExactly(false, true);
        assertThat(stages(spreadSource)).extracting(Stage::dependsOnOrder).containsExactly(false, false);
        assertThat(stages(spreadShuffle)).extracting(Stage::dependsOnOrder).containsExactly(false, false, false);
        assertThat(spreadShuffle.order()).isEqualTo(Order.UNORDERED);
        assertThat(spread(fromShuffle).order()).isEqualTo(Order.INDETERMINATE);
        assertThat(spreadSource.order()).isEqualTo(Order.UNORDERED);
    }

    @Test
    void namesTheJarsOfTheApplicationInEveryPlan() {
        Artifact jar = Artifact.newBuilder().setName("app.jar").build();

        List<Stage> stages =
                new Planner(List.of(jar)).stages(exchange(slices(1), 1), COUNT, IntStream.range(0, 1), "count");

        assertThat(stages)
                .allSatisfy(stage -> assertThat(plan(stage).getJarsList()).containsExactly(jar));
    }

    @Test
    void saysThatAStageWhichWritesFilesPublishes() {
        Sink files = new Sink.Files("hdfs:///out", "", java.util.Map.of());

        List<Stage> stages = planner.stages(exchange(slices(1), 1), files, IntStream.range(0, 1), "save");

        assertThat(stages)
                .extracting(Stage::publication)
                .containsExactly(Stage.Publication.NONE, Stage.Publication.REPEATABLE);
        assertThat(plan(stages.get(1)).getOutput().getPath()).isEqualTo("hdfs:///out");
    }

    @Test
    void givesATaskOfAProductTheSplitsOfBothSides() {
        Lineage product = Lineage.cartesian(origin(), map(slices(2)), slices(3));

        List<Stage.Task> tasks = stages(map(product)).get(0).tasks();

        assertThat(tasks).hasSize(6);
        assertThat(tasks.get(0).splits()).containsExactly(split(0, 0), split(2, 0));
        assertThat(tasks.get(4).splits()).containsExactly(split(0, 1), split(2, 1));
        assertThat(kinds(stages(product).get(0))).contains(Operator.KindCase.CARTESIAN);
    }

    @Test
    void givesATaskOfAZipTheSamePartitionOfAllSides() {
        Lineage source = slices(3);
        Lineage zip = Lineage.zip(origin(), List.of(source, map(source), slices(3)), ByteString.EMPTY);

        Stage stage = stages(zip).get(0);

        assertThat(stage.tasks().get(2).splits()).containsExactlyInAnyOrder(split(0, 2), split(2, 2));
        assertThat(kinds(stage)).contains(Operator.KindCase.ZIP_PARTITIONS);
        assertThat(stage.dependsOnOrder()).isFalse();
    }

    @Test
    void knowsThatAZipBehindAShuffleDependsOnOrderAndAProductDoesNot() {
        Lineage shuffled = exchange(slices(2), 3);
        Lineage zip = Lineage.zip(origin(), List.of(slices(3), shuffled), ByteString.EMPTY);
        Lineage product = Lineage.cartesian(origin(), slices(2), shuffled);

        assertThat(stages(zip)).extracting(Stage::dependsOnOrder).containsExactly(false, true);
        assertThat(zip.order()).isEqualTo(Order.INDETERMINATE);
        assertThat(stages(product)).extracting(Stage::dependsOnOrder).containsExactly(false, false);
        assertThat(product.order()).isEqualTo(Order.UNORDERED);
    }

    @Test
    void knowsThatRecordsByContentComeAlikeEachTime() {
        Lineage ordered = exchange(slices(2), 3).orderedByContent(origin());

        assertThat(ordered.order()).isEqualTo(Order.DETERMINATE);
        assertThat(ordered.partitioner()).isPresent();
        assertThat(numbered(ordered).order()).isEqualTo(Order.DETERMINATE);
        assertThat(numbered(exchange(slices(2), 3)).orderedByContent(origin()).order())
                .isEqualTo(Order.INDETERMINATE);
    }

    @Test
    void indentsLineageBehindAShuffle() {
        String text = LineageText.of(map(exchange(slices(1), 2)), java.util.Optional.of("words"));

        assertThat(text.lines()).hasSize(3);
        assertThat(text).startsWith("words (2)").contains("\n(2)").contains("\n  (1)");
    }

    private List<Stage> stages(Lineage root) {
        return planner.stages(root, COUNT, IntStream.range(0, root.partitions()), "count");
    }

    private Origin origin() {
        return new Origin(nodes++, "here");
    }

    private Lineage slices(int partitions) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            splits.add(Split.newBuilder().setRecords(ByteString.EMPTY).build());
        }
        return Lineage.slices(origin(), splits);
    }

    private Lineage map(Lineage input) {
        return input.apply(
                origin(), Shape.MAP, ByteString.copyFromUtf8("f"), Placement.LOST, Sensitivity.BLIND_TO_ORDER);
    }

    private Lineage numbered(Lineage input) {
        return input.apply(
                origin(), Shape.MAP_PARTITIONS_WITH_INDEX, ByteString.EMPTY, Placement.LOST, Sensitivity.SEES_ORDER);
    }

    private Lineage union(Lineage left, Lineage right) {
        return Lineage.concatenate(origin(), List.of(left, right));
    }

    private Lineage exchange(Lineage input, int partitions) {
        return input.exchange(origin(), shuffle(partitions), new HashPartitioner(partitions));
    }

    private Lineage spread(Lineage input) {
        return input.spread(origin(), shuffle(2));
    }

    private Shuffle shuffle(int partitions) {
        Combine none = Combine.getDefaultInstance();
        return new Shuffle(new ShuffleId(shuffles++), partitions, ByteString.EMPTY, none, none);
    }

    private static PartitionGroup group(Integer... partitions) {
        return PartitionGroup.newBuilder().addAllPartitions(List.of(partitions)).build();
    }

    private static Split split(int operator, int partition) {
        return Split.newBuilder()
                .setOperator(operator)
                .setPartition(partition)
                .setRecords(ByteString.EMPTY)
                .build();
    }

    private static List<Operator.KindCase> kinds(Stage stage) {
        return plan(stage).getOperatorsList().stream()
                .map(Operator::getKindCase)
                .toList();
    }

    private static StagePlan plan(Stage stage) {
        try {
            return StagePlan.parseFrom(stage.plan());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
