package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import java.util.List;
import java.util.SortedMap;

/** Everything that the core can ask for, to be done in the order given. Each may be repeated without harm. */
public sealed interface Action {
    <R> R accept(Handler<R> handler);

    /** One method per action, so that a new action does not compile until somebody does it. */
    interface Handler<R> {
        R launchBatch(LaunchBatch action);

        R killTask(KillTask action);

        R recallTasks(RecallTasks action);

        R askContainers(AskContainers action);

        R releaseContainer(ReleaseContainer action);

        R drainExecutor(DrainExecutor action);

        R grantCommit(GrantCommit action);

        R denyCommit(DenyCommit action);

        R publishMapOutputs(PublishMapOutputs action);

        R dropShuffle(DropShuffle action);

        R dropBlocks(DropBlocks action);

        R copyBlock(CopyBlock action);

        R storageFreed(StorageFreed action);

        R acceptPayload(AcceptPayload action);

        R acceptOutput(AcceptOutput action);

        R discardPayload(DiscardPayload action);

        R completeJob(CompleteJob action);

        R failJob(FailJob action);
    }

    /** Run these on the executor; those that find no free slot wait there in this order. */
    record LaunchBatch(ExecutorId executor, List<Launch> launches) implements Action {
        public LaunchBatch {
            launches = List.copyOf(launches);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.launchBatch(this);
        }
    }

    /** Stop this attempt, running or queued; its report is not awaited. */
    record KillTask(ExecutorId executor, AttemptId attempt, String reason) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.killTask(this);
        }
    }

    /** Give back those that have not begun, each with {@link Event.Outcome.Recalled}; the others run on. */
    record RecallTasks(ExecutorId executor, List<AttemptId> attempts) implements Action {
        public RecallTasks {
            attempts = List.copyOf(attempts);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.recallTasks(this);
        }
    }

    /**
     * The containers wished for beyond those allocated; replaces the wish before it. The maps say how many tasks wait
     * for each host and rack and may be empty.
     */
    record AskContainers(int count, SortedMap<String, Integer> hosts, SortedMap<String, Integer> racks)
            implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.askContainers(this);
        }
    }

    /** Stop the executor and give its container back. */
    record ReleaseContainer(ExecutorId executor) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.releaseContainer(this);
        }
    }

    /** Tell the executor to end once its running tasks have. */
    record DrainExecutor(ExecutorId executor) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.drainExecutor(this);
        }
    }

    record GrantCommit(ExecutorId executor, AttemptId attempt) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.grantCommit(this);
        }
    }

    record DenyCommit(ExecutorId executor, AttemptId attempt) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.denyCommit(this);
        }
    }

    /** The shuffle is complete: row m is the map output of {@code rows.get(m)}. Comes before any launch that reads it. */
    record PublishMapOutputs(ShuffleId shuffle, int epoch, List<AttemptId> rows) implements Action {
        public PublishMapOutputs {
            rows = List.copyOf(rows);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.publishMapOutputs(this);
        }
    }

    /** Nobody can ask for this shuffle any more. */
    record DropShuffle(ShuffleId shuffle) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.dropShuffle(this);
        }
    }

    /**
     * The executor is to forget its blocks of this storage: {@code forGood} when nobody can ask for them any more, else
     * because they were computed from records that are rolled back.
     */
    record DropBlocks(ExecutorId executor, int storage, boolean forGood) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.dropBlocks(this);
        }
    }

    /**
     * The executor is to hold this block as well, as one of its holders gives it. It says that it does, or that it holds
     * nothing of it.
     */
    record CopyBlock(ExecutorId executor, KeptElsewhere block) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.copyBlock(this);
        }
    }

    /** Nobody holds anything of a released storage any more; said again when somebody did after all. */
    record StorageFreed(int storage) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.storageFreed(this);
        }
    }

    /** Take in all that the attempt brought: value or map output, and updates of accumulators. */
    record AcceptPayload(AttemptId attempt) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.acceptPayload(this);
        }
    }

    /** Take in the value or map output only: an earlier attempt's updates of accumulators were taken in already. */
    record AcceptOutput(AttemptId attempt) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.acceptOutput(this);
        }
    }

    /** Forget all that the attempt brought. */
    record DiscardPayload(AttemptId attempt) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.discardPayload(this);
        }
    }

    record CompleteJob(JobId job) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.completeJob(this);
        }
    }

    record FailJob(JobId job, Cause cause) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.failJob(this);
        }
    }

    /**
     * One attempt to run.
     *
     * @param inputs the tables to read, in the order of the stage's inputs
     * @param outputEpoch epoch of the shuffle that it writes; 0 for a result stage
     * @param elsewhere blocks that it asks for and that its executor was not said to hold
     */
    record Launch(AttemptId attempt, List<ShuffleInput> inputs, int outputEpoch, List<KeptElsewhere> elsewhere) {
        public Launch {
            elsewhere = List.copyOf(elsewhere);
        }

        /** One that asks for no block, or for such as its executor holds. */
        public Launch(AttemptId attempt, List<ShuffleInput> inputs, int outputEpoch) {
            this(attempt, inputs, outputEpoch, List.of());
        }
    }

    /** A block and some of those who hold it. */
    record KeptElsewhere(Block block, List<ExecutorId> holders) {
        public KeptElsewhere {
            holders = List.copyOf(holders);
        }
    }

    /** A published table of map outputs. */
    record ShuffleInput(ShuffleId shuffle, int epoch) {}
}
