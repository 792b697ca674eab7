package io.raddle.driver;

import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.plan.Stage;
import io.raddle.proto.BlockHolder;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.KeptElsewhere;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.ShippedPlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.schedule.Action;

/** Makes launches of what the core decided: a plan travels to each executor once. Belongs to the driver's thread. */
final class LaunchEncoder {
    /** A plan up to this size travels in the first launch that needs it; a larger one is fetched. */
    static final int INLINE_PLAN_BYTES = 64 << 10;

    private final StageBook stages;
    private final OutputTables tables;
    private final Roster roster;

    LaunchEncoder(StageBook stages, OutputTables tables, Roster roster) {
        this.stages = stages;
        this.tables = tables;
        this.roster = roster;
    }

    DriverMessage encode(Action.LaunchBatch batch, Conversation executor) {
        LaunchBatch.Builder message = LaunchBatch.newBuilder();
        for (Action.Launch launch : batch.launches()) {
            StageBook.Entry entry = stages.of(launch.attempt());
            Stage stage = entry.stage();
            if (executor.lacks(stage.planDigest())) {
                message.addPlans(shipped(stage));
            }
            message.addTasks(task(launch, entry));
        }
        return DriverMessage.newBuilder().setLaunch(message).build();
    }

    private TaskLaunch task(Action.Launch launch, StageBook.Entry entry) {
        int partition = launch.attempt().partition();
        TaskLaunch.Builder task = TaskLaunch.newBuilder()
                .setAttempt(AttemptIdCodec.encode(launch.attempt()))
                .setPlanSha256(entry.stage().planDigest())
                .setPartition(partition)
                .setShuffleEpoch(launch.outputEpoch())
                .addAllSplits(entry.task(partition).splits());
        for (Action.ShuffleInput input : launch.inputs()) {
            task.addShuffleInputs(tables.input(input.shuffle(), input.epoch()));
        }
        launch.elsewhere().forEach(each -> task.addKeptElsewhere(elsewhere(each)));
        return task.build();
    }

    KeptElsewhere elsewhere(Action.KeptElsewhere kept) {
        KeptElsewhere.Builder message = KeptElsewhere.newBuilder()
                .setStorage(kept.block().storage())
                .setPartition(kept.block().partition());
        for (ExecutorId holder : kept.holders()) {
            roster.find(holder)
                    .ifPresent(executor -> message.addHolders(BlockHolder.newBuilder()
                            .setExecutor(holder.number())
                            .setAddress(executor.hello().getBlocks())));
        }
        return message.build();
    }

    private static ShippedPlan shipped(Stage stage) {
        ShippedPlan.Builder plan = ShippedPlan.newBuilder()
                .setSha256(stage.planDigest())
                .setSizeBytes(stage.plan().size());
        return stage.plan().size() <= INLINE_PLAN_BYTES
                ? plan.setPlan(stage.plan()).build()
                : plan.build();
    }
}
