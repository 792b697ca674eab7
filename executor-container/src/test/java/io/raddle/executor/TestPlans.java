package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.function.ActionFunction;
import io.raddle.function.Function;
import io.raddle.proto.Action;
import io.raddle.proto.AttemptId;
import io.raddle.proto.CollectionSource;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.Operator;
import io.raddle.proto.Output;
import io.raddle.proto.ShippedPlan;
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

    static DriverMessage launch(StagePlan plan, TaskLaunch... tasks) {
        return DriverMessage.newBuilder()
                .setLaunch(LaunchBatch.newBuilder().addPlans(shipped(plan)).addAllTasks(List.of(tasks)))
                .build();
    }
}
