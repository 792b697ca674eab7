package io.raddle.executor;

import io.raddle.proto.CommitAnswer;
import io.raddle.proto.CopyBlock;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.DropBlocks;
import io.raddle.proto.KillTask;
import io.raddle.proto.LaunchBatch;
import io.raddle.proto.RecallTasks;
import io.raddle.proto.Snapshot;
import io.raddle.proto.Welcome;

/** What the driver can ask of an executor, one call at a time in the order in which it asked; none may block. */
interface DriverOrders {
    /** Which attempts are here: running, waiting, or ended with a report that is on its way. */
    Snapshot.Builder held();

    /** An attach is complete; {@code ofAnotherDriver} says that all earlier work is of no use any more. */
    void welcome(Welcome welcome, boolean ofAnotherDriver);

    void launch(LaunchBatch batch);

    void kill(KillTask kill);

    /** Gives back those attempts that have not begun. */
    void recall(RecallTasks recall);

    void commitAnswered(CommitAnswer answer);

    void dropShuffle(int shuffle);

    void dropBlocks(DropBlocks drop);

    /** Keeps a partition that others keep. */
    void copyBlock(CopyBlock copy);

    void dropBroadcast(int broadcast);

    void drain();

    void stop();

    /** Hands on any message but a welcome. */
    default void take(DriverMessage message) {
        switch (message.getKindCase()) {
            case LAUNCH -> launch(message.getLaunch());
            case KILL -> kill(message.getKill());
            case RECALL -> recall(message.getRecall());
            case COMMIT_ANSWER -> commitAnswered(message.getCommitAnswer());
            case DROP_SHUFFLE -> dropShuffle(message.getDropShuffle().getShuffle());
            case DROP_BLOCKS -> dropBlocks(message.getDropBlocks());
            case COPY_BLOCK -> copyBlock(message.getCopyBlock());
            case DROP_BROADCAST -> dropBroadcast(message.getDropBroadcast().getBroadcast());
            case DRAIN -> drain();
            case STOP -> stop();
            default -> throw new IllegalArgumentException("the driver sent " + message.getKindCase());
        }
    }
}
