package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.Link;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.CommitAnswer;
import io.raddle.proto.CopyBlock;
import io.raddle.proto.Drain;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.DropBlocks;
import io.raddle.proto.KillTask;
import io.raddle.proto.RecallTasks;
import io.raddle.proto.Stop;
import io.raddle.proto.TaskResult;
import io.raddle.schedule.Action;
import io.raddle.schedule.Event;
import java.util.Optional;
import java.util.Set;

/** Does what the core decided. Belongs to the driver's thread; nothing here waits. */
final class Performer implements Action.Handler<Boolean> {
    private final DriverLoop loop;
    private final Link link;
    private final Roster roster;
    private final Wishes wishes;
    private final Payloads payloads;
    private final StageBook stages;
    private final OutputTables tables;
    private final JobBook jobs;
    private final Storages storages;
    private final AccumulatorDesk accumulators;
    private final LaunchEncoder encoder;

    Performer(
            DriverLoop loop,
            Link link,
            Roster roster,
            Wishes wishes,
            Payloads payloads,
            StageBook stages,
            JobBook jobs,
            Storages storages,
            AccumulatorDesk accumulators) {
        this.loop = loop;
        this.link = link;
        this.roster = roster;
        this.wishes = wishes;
        this.payloads = payloads;
        this.stages = stages;
        this.jobs = jobs;
        this.storages = storages;
        this.accumulators = accumulators;
        this.tables = new OutputTables(link);
        this.encoder = new LaunchEncoder(stages, tables, roster);
    }

    @Override
    public Boolean launchBatch(Action.LaunchBatch action) {
        return roster.find(action.executor())
                .map(executor -> {
                    executor.say(encoder.encode(action, executor));
                    return true;
                })
                .orElse(false);
    }

    @Override
    public Boolean killTask(Action.KillTask action) {
        return say(
                action.executor(),
                DriverMessage.newBuilder()
                        .setKill(KillTask.newBuilder()
                                .setAttempt(AttemptIdCodec.encode(action.attempt()))
                                .setReason(action.reason())));
    }

    @Override
    public Boolean recallTasks(Action.RecallTasks action) {
        RecallTasks.Builder recall = RecallTasks.newBuilder();
        action.attempts().forEach(attempt -> recall.addAttempts(AttemptIdCodec.encode(attempt)));
        return say(action.executor(), DriverMessage.newBuilder().setRecall(recall));
    }

    @Override
    public Boolean askContainers(Action.AskContainers action) {
        wishes.miss(action.count(), action.hosts());
        return true;
    }

    @Override
    public Boolean releaseContainer(Action.ReleaseContainer action) {
        say(action.executor(), DriverMessage.newBuilder().setStop(Stop.getDefaultInstance()));
        roster.find(action.executor()).flatMap(Conversation::containerId).ifPresent(wishes::release);
        return true;
    }

    @Override
    public Boolean drainExecutor(Action.DrainExecutor action) {
        return say(action.executor(), DriverMessage.newBuilder().setDrain(Drain.getDefaultInstance()));
    }

    @Override
    public Boolean grantCommit(Action.GrantCommit action) {
        return answer(action.executor(), action.attempt(), true);
    }

    @Override
    public Boolean denyCommit(Action.DenyCommit action) {
        return answer(action.executor(), action.attempt(), false);
    }

    @Override
    public Boolean publishMapOutputs(Action.PublishMapOutputs action) {
        tables.publish(action.shuffle(), action.epoch(), action.rows());
        return true;
    }

    @Override
    public Boolean dropShuffle(Action.DropShuffle action) {
        Set<NodeId> nodes = tables.drop(action.shuffle());
        stages.removeWriter(action.shuffle()).ifPresent(stage -> {
            payloads.forget(stage.id());
            link.withdraw(stage.plan());
            roster.forget(stage.stage().planDigest());
        });
        roster.dropShuffle(action.shuffle(), nodes);
        return true;
    }

    @Override
    public Boolean dropBlocks(Action.DropBlocks action) {
        return say(
                action.executor(),
                DriverMessage.newBuilder()
                        .setDropBlocks(DropBlocks.newBuilder()
                                .addStorages(action.storage())
                                .setForGood(action.forGood())));
    }

    @Override
    public Boolean copyBlock(Action.CopyBlock action) {
        storages.level(action.block().block().storage())
                .ifPresent(level -> say(
                        action.executor(),
                        DriverMessage.newBuilder()
                                .setCopyBlock(CopyBlock.newBuilder()
                                        .setBlock(encoder.elsewhere(action.block()))
                                        .setLevel(level))));
        return true;
    }

    @Override
    public Boolean storageFreed(Action.StorageFreed action) {
        storages.freed(action.storage());
        return true;
    }

    @Override
    public Boolean acceptPayload(Action.AcceptPayload action) {
        accumulators.take(payloads.updates(action.attempt()));
        return accept(action.attempt());
    }

    /** Its updates of accumulators go: those of an earlier attempt count. */
    @Override
    public Boolean acceptOutput(Action.AcceptOutput action) {
        return accept(action.attempt());
    }

    @Override
    public Boolean discardPayload(Action.DiscardPayload action) {
        payloads.discard(action.attempt());
        return true;
    }

    @Override
    public Boolean completeJob(Action.CompleteJob action) {
        jobs.end(action.job(), Optional.empty());
        return true;
    }

    @Override
    public Boolean failJob(Action.FailJob action) {
        jobs.end(action.job(), Optional.of(action.cause()));
        return true;
    }

    private Boolean accept(AttemptId attempt) {
        Optional<TaskResult> brought = payloads.take(attempt);
        if (brought.isEmpty()) {
            loop.tell(new Event.ResultLost(attempt));
            return false;
        }
        stages.find(attempt.stage()).ifPresent(stage -> accept(attempt, stage, brought.get()));
        return true;
    }

    private void accept(AttemptId attempt, StageBook.Entry stage, TaskResult result) {
        if (result.hasMapOutput()) {
            stage.stage().output().ifPresent(shuffle -> tables.accept(shuffle, attempt, result.getMapOutput()));
        } else if (result.hasPushedBytes()) {
            jobs.accept(stage.id(), attempt.partition(), result.getPushedBytes(), () -> pushed(attempt));
        } else if (result.hasInline()) {
            jobs.accept(stage.id(), attempt.partition(), result.getInline().size(), result::getInline);
        }
    }

    private ByteString pushed(AttemptId attempt) {
        return link.takeResult(attempt)
                .orElseThrow(() -> new IllegalStateException("the result that " + attempt + " pushed is gone"));
    }

    private Boolean answer(ExecutorId executor, AttemptId attempt, boolean granted) {
        return say(
                executor,
                DriverMessage.newBuilder()
                        .setCommitAnswer(CommitAnswer.newBuilder()
                                .setAttempt(AttemptIdCodec.encode(attempt))
                                .setGranted(granted)));
    }

    private Boolean say(ExecutorId executor, DriverMessage.Builder message) {
        roster.say(executor, message.build());
        return true;
    }
}
