package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.function.ActionFunction;
import io.raddle.function.Aggregator;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.PairFunction;
import io.raddle.proto.Action;
import io.raddle.proto.AttemptId;
import io.raddle.proto.CoGroup;
import io.raddle.proto.CollectionSource;
import io.raddle.proto.Combine;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.Operator;
import io.raddle.proto.Output;
import io.raddle.proto.ShippedPlan;
import io.raddle.proto.ShuffleRead;
import io.raddle.proto.ShuffleWrite;
import io.raddle.proto.Split;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.Transform;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import io.raddle.wire.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Plans and launches as a driver would make them. */
final class TestPlans {
    static final RecordFormat FORMAT = new RecordFormat(TestPlans.class.getClassLoader());

    private TestPlans() {}

    static StagePlan collect() {
        return action(records -> {
            List<Object> all = new ArrayList<>();
            records.forEachRemaining(all::add);
            return all;
        });
    }

    static StagePlan action(ActionFunction<Object, Object> action) {
        return StagePlan.newBuilder()
                .addOperators(source())
                .setAction(Action.newBuilder().setFunction(frozen(action)))
                .build();
    }

    static StagePlan mapped(Function<Object, Object> function) {
        return collect().toBuilder().addOperators(map(function)).build();
    }

    static StagePlan output(String path) {
        return StagePlan.newBuilder()
                .addOperators(source())
                .setOutput(Output.newBuilder().setPath(path))
                .build();
    }

    /** Writes pairs of the records by their remainder, values added up before they leave. */
    static StagePlan mapSide(int shuffle, int partitions) {
        PairFunction<Object, Object, Object> pairing = each -> Pair.of((int) each % 10, (Object) 1);
        return StagePlan.newBuilder()
                .addOperators(source())
                .addOperators(Operator.newBuilder()
                        .addInputs(0)
                        .setTransform(Transform.newBuilder()
                                .setShape(Transform.Shape.MAP_TO_PAIR)
                                .setFunction(frozen(pairing))))
                .setShuffleWrite(ShuffleWrite.newBuilder()
                        .setShuffle(shuffle)
                        .setPartitions(partitions)
                        .setPartitioner(frozen(new HashPartitioner(partitions)))
                        .setCombine(adding()))
                .build();
    }

    /** Deals the records out as they come. */
    static StagePlan spread(int shuffle, int partitions) {
        return StagePlan.newBuilder()
                .addOperators(source())
                .setShuffleWrite(ShuffleWrite.newBuilder().setShuffle(shuffle).setPartitions(partitions))
                .build();
    }

    /** Writes records that are pairs by their keys, as they are. */
    static StagePlan keyed(int shuffle, int partitions) {
        return spread(shuffle, partitions).toBuilder()
                .setShuffleWrite(ShuffleWrite.newBuilder()
                        .setShuffle(shuffle)
                        .setPartitions(partitions)
                        .setPartitioner(frozen(new HashPartitioner(partitions))))
                .build();
    }

    /** Does something to the groups, {@code Pair(key, Iterable[])}, of two shuffles brought together. */
    static StagePlan coGrouped(int first, int second, int partitions, ActionFunction<Object, Object> action) {
        return action(action).toBuilder()
                .setOperators(0, read(first, partitions))
                .addOperators(read(second, partitions))
                .addOperators(Operator.newBuilder()
                        .addInputs(0)
                        .addInputs(1)
                        .setPartitions(partitions)
                        .setCoGroup(CoGroup.getDefaultInstance()))
                .build();
    }

    /** Collects what {@link #mapSide} wrote, values added up. */
    static StagePlan reduceSide(int shuffle, int partitions) {
        return collect().toBuilder()
                .setOperators(
                        0,
                        read(shuffle, partitions)
                                .setShuffleRead(ShuffleRead.newBuilder()
                                        .setShuffle(shuffle)
                                        .setCombine(adding())))
                .build();
    }

    /** Collects the keys of two shuffles and how many values each had. */
    static StagePlan together(int first, int second, int partitions) {
        Function<Object, Object> counts = group -> {
            Pair<?, ?> pair = (Pair<?, ?>) group;
            List<Object> sizes = new ArrayList<>();
            for (Iterable<?> values : (Iterable<?>[]) pair.value()) {
                int size = 0;
                for (Object value : values) {
                    size += (int) value;
                }
                sizes.add(size);
            }
            return Pair.of(pair.key(), sizes);
        };
        StagePlan collect = collect();
        return coGrouped(first, second, partitions, records -> List.of()).toBuilder()
                .setAction(collect.getAction())
                .addOperators(map(counts).toBuilder().setInputs(0, 2))
                .build();
    }

    private static Operator.Builder read(int shuffle, int partitions) {
        return Operator.newBuilder()
                .setPartitions(partitions)
                .setShuffleRead(ShuffleRead.newBuilder().setShuffle(shuffle));
    }

    private static Combine adding() {
        Function2<Integer, Integer, Integer> sum = Integer::sum;
        return Combine.newBuilder()
                .setKind(Combine.Kind.AGGREGATE)
                .setMapSide(true)
                .setAggregator(frozen(Aggregator.reducing(sum)))
                .build();
    }

    private static Operator source() {
        return Operator.newBuilder()
                .setPartitions(1000)
                .setCollectionSource(CollectionSource.getDefaultInstance())
                .build();
    }

    private static Operator map(Function<Object, Object> function) {
        return Operator.newBuilder()
                .addInputs(0)
                .setTransform(
                        Transform.newBuilder().setShape(Transform.Shape.MAP).setFunction(frozen(function)))
                .build();
    }

    static ByteString frozen(Object function) {
        return ByteString.copyFrom(ClosureCodec.freeze(function, new CallSite("test", "TestPlans")));
    }

    static ByteString records(List<?> records) {
        RecordWriter writer = FORMAT.writer();
        records.forEach(writer::write);
        return ByteString.copyFrom(writer.toByteArray());
    }

    static AttemptId attempt(int partition) {
        return AttemptId.newBuilder()
                .setEpoch(1)
                .setStage(1)
                .setPartition(partition)
                .setAttempt(1)
                .build();
    }

    static ShippedPlan shipped(StagePlan plan) {
        return ShippedPlan.newBuilder()
                .setSha256(sha256(plan))
                .setPlan(plan.toByteString())
                .setSizeBytes(plan.getSerializedSize())
                .build();
    }

    static ByteString sha256(StagePlan plan) {
        return Sha256.of(plan.toByteArray()).bytes();
    }

    static TaskLaunch task(StagePlan plan, int partition, List<?> records) {
        return TaskLaunch.newBuilder()
                .setAttempt(attempt(partition))
                .setPlanSha256(sha256(plan))
                .setPartition(partition)
                .addSplits(Split.newBuilder().setPartition(partition).setRecords(records(records)))
                .build();
    }

    /** Launches a task whose plan was sent before. */
    static DriverMessage launchOfKnown(TaskLaunch task) {
        return DriverMessage.newBuilder()
                .setLaunch(LaunchBatch.newBuilder().addTasks(task))
                .build();
    }

    static DriverMessage launch(StagePlan plan, TaskLaunch... tasks) {
        return DriverMessage.newBuilder()
                .setLaunch(LaunchBatch.newBuilder().addPlans(shipped(plan)).addAllTasks(List.of(tasks)))
                .build();
    }
}
