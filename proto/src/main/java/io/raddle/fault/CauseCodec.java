package io.raddle.fault;

import io.raddle.proto.CauseMessage;

/** Carries a {@link Cause} over the wire. A kind that is newer than this code arrives as {@link Cause.InternalError}. */
public final class CauseCodec {
    private CauseCodec() {}

    /** The message of a cause. */
    public static CauseMessage encode(Cause cause) {
        CauseMessage.Builder message =
                CauseMessage.newBuilder().setHappened(cause.happened()).setRemedy(cause.remedy());
        if (!encodeUser(cause, message) && !encodeContainer(cause, message)) {
            encodeApplication(cause, message);
        }
        return message.build();
    }

    private static boolean encodeUser(Cause cause, CauseMessage.Builder message) {
        if (cause instanceof Cause.UserException c) {
            message.getUserExceptionBuilder()
                    .setClassName(c.className())
                    .setMessage(c.message())
                    .setStack(c.stack());
        } else if (cause instanceof Cause.UserExit c) {
            message.getUserExitBuilder().setCode(c.code());
        } else if (cause instanceof Cause.InvalidInput c) {
            message.getInvalidInputBuilder().setWhat(c.what()).setRemedy(c.todo());
        } else if (cause instanceof Cause.LimitExceeded c) {
            message.getLimitExceededBuilder().setWhat(c.what()).setKey(c.key());
        } else if (cause instanceof Cause.NotSerializable c) {
            message.getNotSerializableBuilder().setClassName(c.className()).setPath(c.path());
        } else if (cause instanceof Cause.Cancelled c) {
            message.getCancelledBuilder().setBy(c.by());
        } else {
            return false;
        }
        return true;
    }

    private static boolean encodeContainer(Cause cause, CauseMessage.Builder message) {
        if (cause instanceof Cause.OutOfMemory c) {
            message.getOutOfMemoryBuilder().setArea(c.area()).setLimitBytes(c.limitBytes());
        } else if (cause instanceof Cause.KilledForMemory c) {
            message.getKilledForMemoryBuilder().setLimitBytes(c.limitBytes()).setUsedBytes(c.usedBytes());
        } else if (cause instanceof Cause.NodeLost c) {
            message.getNodeLostBuilder().setNode(c.node());
        } else if (cause instanceof Cause.DisksFailed c) {
            message.getDisksFailedBuilder().setNode(c.node());
        } else if (cause instanceof Cause.Preempted c) {
            message.getPreemptedBuilder().setNode(c.node());
        } else if (cause instanceof Cause.LaunchFailed c) {
            message.getLaunchFailedBuilder().setNode(c.node()).setDetail(c.detail());
        } else if (cause instanceof Cause.ExecutorExited c) {
            message.getExecutorExitedBuilder()
                    .setNode(c.node())
                    .setExitCode(c.exitCode())
                    .setDetail(c.detail());
        } else if (cause instanceof Cause.Unreachable c) {
            message.getUnreachableBuilder().setAddress(c.address()).setDetail(c.detail());
        } else {
            return false;
        }
        return true;
    }

    private static void encodeApplication(Cause cause, CauseMessage.Builder message) {
        if (cause instanceof Cause.FetchFailed c) {
            message.getFetchFailedBuilder()
                    .setShuffle(c.shuffle())
                    .setShuffleEpoch(c.shuffleEpoch())
                    .addAllMaps(c.maps())
                    .setNode(c.node())
                    .setDetail(c.detail());
        } else if (cause instanceof Cause.DriverLost c) {
            message.getDriverLostBuilder().setDetail(c.detail());
        } else if (cause instanceof Cause.CommitDenied c) {
            message.getCommitDeniedBuilder().setDetail(c.detail());
        } else if (cause instanceof Cause.CommitInDoubt c) {
            message.getCommitInDoubtBuilder().setDetail(c.detail());
        } else if (cause instanceof Cause.ClusterRefused c) {
            message.getClusterRefusedBuilder().setWhat(c.what()).setRemedy(c.todo());
        } else if (cause instanceof Cause.TaskFailed c) {
            message.getTaskFailedBuilder()
                    .setStage(c.stage())
                    .setPartition(c.partition())
                    .setAttempts(c.attempts())
                    .setLast(encode(c.last()));
        } else if (cause instanceof Cause.ResultsDiffer c) {
            message.getResultsDifferBuilder().setStage(c.stage()).setDetail(c.detail());
        } else if (cause instanceof Cause.BlockLost c) {
            message.getBlockLostBuilder()
                    .setStorage(c.storage())
                    .setPartition(c.partition())
                    .setDetail(c.detail())
                    .addAllExecutors(c.executors());
        } else if (cause instanceof Cause.InternalError c) {
            message.getInternalErrorBuilder().setDetail(c.detail()).setStack(c.stack());
        } else {
            throw new IllegalStateException("no message for " + cause);
        }
    }

    /** The cause of a message. */
    public static Cause decode(CauseMessage m) {
        return switch (m.getKindCase()) {
            case USER_EXCEPTION ->
                new Cause.UserException(
                        m.getUserException().getClassName(),
                        m.getUserException().getMessage(),
                        m.getUserException().getStack());
            case USER_EXIT -> new Cause.UserExit(m.getUserExit().getCode());
            case OUT_OF_MEMORY ->
                new Cause.OutOfMemory(
                        m.getOutOfMemory().getArea(), m.getOutOfMemory().getLimitBytes());
            case KILLED_FOR_MEMORY ->
                new Cause.KilledForMemory(
                        m.getKilledForMemory().getLimitBytes(),
                        m.getKilledForMemory().getUsedBytes());
            case NODE_LOST -> new Cause.NodeLost(m.getNodeLost().getNode());
            case DISKS_FAILED -> new Cause.DisksFailed(m.getDisksFailed().getNode());
            case PREEMPTED -> new Cause.Preempted(m.getPreempted().getNode());
            case FETCH_FAILED ->
                new Cause.FetchFailed(
                        m.getFetchFailed().getShuffle(),
                        m.getFetchFailed().getShuffleEpoch(),
                        m.getFetchFailed().getMapsList(),
                        m.getFetchFailed().getNode(),
                        m.getFetchFailed().getDetail());
            case LAUNCH_FAILED ->
                new Cause.LaunchFailed(
                        m.getLaunchFailed().getNode(), m.getLaunchFailed().getDetail());
            case EXECUTOR_EXITED ->
                new Cause.ExecutorExited(
                        m.getExecutorExited().getNode(),
                        m.getExecutorExited().getExitCode(),
                        m.getExecutorExited().getDetail());
            case UNREACHABLE ->
                new Cause.Unreachable(
                        m.getUnreachable().getAddress(), m.getUnreachable().getDetail());
            case DRIVER_LOST -> new Cause.DriverLost(m.getDriverLost().getDetail());
            case COMMIT_DENIED -> new Cause.CommitDenied(m.getCommitDenied().getDetail());
            case COMMIT_IN_DOUBT -> new Cause.CommitInDoubt(m.getCommitInDoubt().getDetail());
            case CANCELLED -> new Cause.Cancelled(m.getCancelled().getBy());
            case INVALID_INPUT ->
                new Cause.InvalidInput(
                        m.getInvalidInput().getWhat(), m.getInvalidInput().getRemedy());
            case CLUSTER_REFUSED ->
                new Cause.ClusterRefused(
                        m.getClusterRefused().getWhat(), m.getClusterRefused().getRemedy());
            case LIMIT_EXCEEDED ->
                new Cause.LimitExceeded(
                        m.getLimitExceeded().getWhat(), m.getLimitExceeded().getKey());
            case NOT_SERIALIZABLE ->
                new Cause.NotSerializable(
                        m.getNotSerializable().getClassName(),
                        m.getNotSerializable().getPath());
            case TASK_FAILED ->
                new Cause.TaskFailed(
                        m.getTaskFailed().getStage(),
                        m.getTaskFailed().getPartition(),
                        m.getTaskFailed().getAttempts(),
                        decode(m.getTaskFailed().getLast()));
            case RESULTS_DIFFER ->
                new Cause.ResultsDiffer(
                        m.getResultsDiffer().getStage(), m.getResultsDiffer().getDetail());
            case BLOCK_LOST -> blockLost(m.getBlockLost());
            case INTERNAL_ERROR ->
                new Cause.InternalError(
                        m.getInternalError().getDetail(), m.getInternalError().getStack());
            case KIND_NOT_SET -> new Cause.InternalError(m.getHappened(), "");
        };
    }

    private static Cause blockLost(CauseMessage.BlockLost m) {
        return new Cause.BlockLost(m.getStorage(), m.getPartition(), m.getDetail(), m.getExecutorsList());
    }
}
