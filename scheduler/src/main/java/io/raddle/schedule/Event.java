package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import java.util.List;

/**
 * Everything that the core can be told. Events may come twice, late and in another order than they happened; whatever
 * was true once and no longer matters is ignored and counted.
 */
public sealed interface Event {
    <R> R accept(Handler<R> handler);

    /** One method per event, so that a new event does not compile until somebody decides what it means. */
    interface Handler<R> {
        R jobSubmitted(JobSubmitted event);

        R jobCancelled(JobCancelled event);

        R containerAllocated(ContainerAllocated event);

        R containersRefused(ContainersRefused event);

        R executorAttached(ExecutorAttached event);

        R executorLost(ExecutorLost event);

        R executorDraining(ExecutorDraining event);

        R nodeLost(NodeLost event);

        R taskEnded(TaskEnded event);

        R commitAsked(CommitAsked event);

        R mapOutputsLost(MapOutputsLost event);

        R resultLost(ResultLost event);

        R shuffleReleased(ShuffleReleased event);

        R blocksChanged(BlocksChanged event);

        R storageReleased(StorageReleased event);

        R tick(Tick event);
    }

    record JobSubmitted(JobSpec job) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.jobSubmitted(this);
        }
    }

    record JobCancelled(JobId job, Cause cause) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.jobCancelled(this);
        }
    }

    /** A container was granted and an executor is being started in it under this id. */
    record ContainerAllocated(ExecutorId executor, NodeId node) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.containerAllocated(this);
        }
    }

    /** The cluster says that it will not grant what was asked for. */
    record ContainersRefused(Cause cause) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.containersRefused(this);
        }
    }

    /** An executor opened its stream, for the first time or again; the snapshot says what it holds. */
    record ExecutorAttached(
            ExecutorId executor,
            long incarnation,
            NodeId node,
            String rack,
            int slots,
            OutputLife outputLife,
            Snapshot snapshot)
            implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.executorAttached(this);
        }
    }

    /**
     * The one fact that a missed heartbeat, a container's exit and a failed launch come to: all incarnations up to this
     * one are lost. {@link Cause.Unreachable} means silence, after which it may come back; any other cause is the end of
     * the process.
     */
    record ExecutorLost(ExecutorId executor, long incarnation, Cause cause) implements Event {
        /** For a container that is known complete: whatever ran in it has ended. */
        public static final long EVERY_INCARNATION = Long.MAX_VALUE;

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.executorLost(this);
        }
    }

    /** The executor ends once its running tasks have; it takes no more. */
    record ExecutorDraining(ExecutorId executor) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.executorDraining(this);
        }
    }

    /** A NodeManager is gone with its containers and with what its disks hold. */
    record NodeLost(NodeId node) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.nodeLost(this);
        }
    }

    /** {@code runNanos} is the time that the attempt ran, without its wait in the executor's queue. */
    record TaskEnded(ExecutorId executor, AttemptId attempt, long runNanos, Outcome outcome) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.taskEnded(this);
        }
    }

    /** May this attempt publish its output? Asked again until answered. */
    record CommitAsked(ExecutorId executor, AttemptId attempt) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.commitAsked(this);
        }
    }

    /** Rows of a shuffle, as published under {@code epoch} or earlier, are nowhere to be read any more. */
    record MapOutputsLost(ShuffleId shuffle, int epoch, List<Integer> maps) implements Event {
        public MapOutputsLost {
            maps = List.copyOf(maps);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.mapOutputsLost(this);
        }
    }

    /** The value of an accepted attempt was lost on its way; the task must run again. */
    record ResultLost(AttemptId attempt) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.resultLost(this);
        }
    }

    /** No later job will name this shuffle. */
    record ShuffleReleased(ShuffleId shuffle) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.shuffleReleased(this);
        }
    }

    /** An executor keeps some blocks from now on, and others no more. */
    record BlocksChanged(ExecutorId executor, long incarnation, List<Block> stored, List<Block> dropped)
            implements Event {
        public BlocksChanged {
            stored = List.copyOf(stored);
            dropped = List.copyOf(dropped);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.blocksChanged(this);
        }
    }

    /** No later job will name this storage. */
    record StorageReleased(int storage) implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.storageReleased(this);
        }
    }

    /** Time passes; expected several times a second. */
    record Tick() implements Event {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.tick(this);
        }
    }

    /** How an attempt ended. What it computed waits in the shell under the attempt's id. */
    sealed interface Outcome {
        /** The value, map output or commit is there. */
        record Succeeded() implements Outcome {}

        /** It ended with a cause; a map output that it could not read is {@link Cause.FetchFailed}. */
        record Failed(Cause cause) implements Outcome {}

        /** It was recalled before it began. */
        record Recalled() implements Outcome {}
    }

    /** Whether the map outputs of an executor can still be read once it is gone. */
    enum OutputLife {
        /** Only the executor serves them. */
        WITH_EXECUTOR,
        /** The node's own shuffle service does too. */
        WITH_NODE
    }

    /**
     * What an executor holds when it attaches: attempts that run or wait in its queue, attempts that ended and whose
     * reports will come again, map outputs, and blocks.
     */
    record Snapshot(
            List<AttemptId> attempts, List<AttemptId> unacknowledged, List<HeldOutput> outputs, List<Block> blocks) {
        /** Of a process that has just started. */
        public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), List.of());

        public Snapshot {
            attempts = List.copyOf(attempts);
            unacknowledged = List.copyOf(unacknowledged);
            outputs = List.copyOf(outputs);
            blocks = List.copyOf(blocks);
        }
    }

    /** One map output on an executor's disks. */
    record HeldOutput(ShuffleId shuffle, int map) {}
}
