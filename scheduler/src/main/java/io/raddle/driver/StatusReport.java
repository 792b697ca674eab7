package io.raddle.driver;

import io.raddle.cluster.ClusterManager;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.ExecutorId;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.ExecutorLoss;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import io.raddle.schedule.Progress;
import io.raddle.schedule.SchedulerCore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** What watchers see, made anew at most ten times a second on the driver's thread and read by any. */
final class StatusReport {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MAX_LOSSES = 16;

    private final SchedulerCore core;
    private final Roster roster;
    private final StageBook stages;
    private final ClusterManager cluster;
    private final AccumulatorDesk accumulators;
    private final Deque<ExecutorLoss> losses = new ArrayDeque<>();
    private int lost;
    private volatile ApplicationStatus latest = ApplicationStatus.getDefaultInstance();
    private long madeNanos = System.nanoTime() - INTERVAL_NANOS;

    StatusReport(
            SchedulerCore core, Roster roster, StageBook stages, ClusterManager cluster, AccumulatorDesk accumulators) {
        this.core = core;
        this.roster = roster;
        this.stages = stages;
        this.cluster = cluster;
        this.accumulators = accumulators;
    }

    /** An executor that had work to do is gone. On the driver's thread. */
    void lost(ExecutorId executor, Cause cause) {
        losses.add(ExecutorLoss.newBuilder()
                .setNumber(++lost)
                .setExecutor(executor.number())
                .setCause(CauseCodec.encode(cause))
                .build());
        if (losses.size() > MAX_LOSSES) {
            losses.remove();
        }
    }

    ApplicationStatus latest() {
        return latest;
    }

    void refresh(long now) {
        if (now - madeNanos < INTERVAL_NANOS) {
            return;
        }
        madeNanos = now;
        Progress progress = core.progress();
        ApplicationStatus.Builder status = ApplicationStatus.newBuilder()
                .setState(State.RUNNING)
                .setJobsDone(progress.jobsDone())
                .setJobsRunning((int) progress.jobs().stream()
                        .filter(job -> job.cause().isEmpty() && isRunning(job.state()))
                        .count())
                .setTasksDone(progress.tasksDone())
                .setTasksKnown(progress.tasksKnown())
                .addAllLosses(losses)
                .addAllWaiting(core.explain(now))
                .addAllWaiting(cluster.waiting());
        accumulators.status().forEach(status::addAccumulators);
        progress.stages().forEach(stage -> status.addStages(stage(stage, now)));
        progress.executors().forEach(executor -> status.addExecutors(executor(executor)));
        latest = status.build();
        cluster.progress(progress.tasksKnown() == 0 ? 0 : (float) progress.tasksDone() / progress.tasksKnown());
    }

    private StageProgress stage(Progress.StageView stage, long now) {
        long end = stage.endedNanos() == 0 ? now : stage.endedNanos();
        return StageProgress.newBuilder()
                .setStage(stage.stage().number())
                .setStageAttempt(stage.rounds())
                .setJob(stage.job().number())
                .setName(stages.name(stage.stage()))
                .setTasks(stage.tasks())
                .setDone(stage.done())
                .setRunning(stage.running())
                .setFailed(stage.failed())
                .setElapsedMillis(
                        stage.startedNanos() == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(end - stage.startedNanos()))
                .setComplete(stage.complete())
                .build();
    }

    private ExecutorStatus executor(Progress.ExecutorView executor) {
        ExecutorStatus.Builder status = ExecutorStatus.newBuilder()
                .setExecutor(executor.executor().number())
                .setNode(executor.node().toString())
                .setSlots(executor.slots())
                .setRunning(executor.running())
                .setKeptPartitions(executor.kept());
        roster.find(executor.executor()).ifPresent(known -> {
            status.setResidentBytes(known.residentBytes()).setAttached(known.hasAttached());
            known.containerId().ifPresent(status::setContainer);
        });
        return status.build();
    }

    private static boolean isRunning(String state) {
        return state.equalsIgnoreCase("running");
    }
}
