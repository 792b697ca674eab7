package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many executors the work deserves, between the minimum and the maximum: asks for what is missing, refuses what is
 * too much, lets go of what is idle, and gives up when none can be had.
 */
final class Demand {
    private static final long GROWTH_NANOS = Duration.ofSeconds(1).toNanos();

    /** Beyond one per wished executor, launches in a row that may fail before the jobs do. */
    private static final int SPARE_LAUNCHES = 3;

    private final Settings settings;
    private final Executors executors;
    private final Openings openings;
    private final Attempts attempts;
    private final Jobs jobs;
    private final Fleet fleet;
    private final Speculation speculation;
    private final List<Action> outbox;
    private final Growth growth;
    private Optional<Cause> refusal = Optional.empty();
    private int failedLaunches;
    private int asked;
    private long askedVersion = -1;

    Demand(
            Settings settings,
            Executors executors,
            Openings openings,
            Attempts attempts,
            Jobs jobs,
            Fleet fleet,
            Speculation speculation,
            List<Action> outbox) {
        this.settings = settings;
        this.executors = executors;
        this.openings = openings;
        this.attempts = attempts;
        this.jobs = jobs;
        this.fleet = fleet;
        this.speculation = speculation;
        this.outbox = outbox;
        growth = new Growth(settings.firstExecutors(), settings.maxExecutors(), GROWTH_NANOS);
    }

    /** Says how many containers are wished for, when that changed. */
    void settle() {
        int count = Math.max(0, Math.min(wanted(), growth.limit()) - present());
        if (count == asked && (count == 0 || openings.version() == askedVersion)) {
            return;
        }
        asked = count;
        askedVersion = openings.version();
        SortedMap<String, Integer> hosts = new TreeMap<>();
        SortedMap<String, Integer> racks = new TreeMap<>();
        if (count > 0) {
            for (Stage stage : openings.stages()) {
                stage.pending.wishedHosts().forEach((host, tasks) -> hosts.merge(host, tasks, Integer::sum));
                stage.pending.wishedRacks().forEach((rack, tasks) -> racks.merge(rack, tasks, Integer::sum));
            }
        }
        outbox.add(new Action.AskContainers(count, hosts, racks));
    }

    private int wanted() {
        long tasks = (long) attempts.underWay() + speculation.waiting();
        for (Stage stage : openings.stages()) {
            tasks += stage.tasks.count(TaskState.PENDING);
        }
        long executorsForAll = (tasks + settings.slotsPerExecutor() - 1) / settings.slotsPerExecutor();
        return (int) Math.min(settings.maxExecutors(), Math.max(settings.minExecutors(), executorsForAll));
    }

    /** Containers that are there or on their way and may still work. */
    private int present() {
        return executors.count(ExecutorState.ALLOCATED) + executors.count(ExecutorState.ATTACHED);
    }

    int asked() {
        return asked;
    }

    Optional<Cause> refusal() {
        return refusal;
    }

    /** A container came; gives it back when it is one too many. */
    void allocated(ExecutorId executor) {
        refusal = Optional.empty();
        if (present() > settings.maxExecutors()) {
            fleet.giveBack(executor);
        }
    }

    void attached() {
        failedLaunches = 0;
        refusal = Optional.empty();
    }

    /** A container ended before its executor was heard of. */
    void launchFailed(Cause cause) {
        if (cause instanceof Cause.NodeLost || cause instanceof Cause.Preempted) {
            return;
        }
        failedLaunches++;
        // One that is silent or drains may still bring the work to its end.
        if (failedLaunches >= settings.minExecutors() + SPARE_LAUNCHES
                && executors.all().isEmpty()) {
            failedLaunches = 0;
            jobs.failAll(cause instanceof Cause.ExecutorExited exited ? exited.beforeItAttached() : cause);
        }
    }

    void refused(Cause cause) {
        refusal = Optional.of(cause);
        if (cause instanceof Cause.ClusterRefused && executors.all().isEmpty()) {
            jobs.failAll(cause);
        }
    }

    /** Lets work that goes on waiting have more executors, and those end that were idle for long and would not be missed. */
    void tick(long now) {
        growth.tick(wanted(), present(), now);
        int spare = present() - settings.minExecutors();
        for (Executor executor : executors.all()) {
            boolean needed = executor.losesOutputs() && !executor.wroteFor.isEmpty();
            boolean idle = executor.isIdle()
                    && now - executor.idleSince() > settings.idlePatience().toNanos();
            if (spare > 0
                    && executor.takesTasks()
                    && idle
                    && !needed
                    && openings.stages().isEmpty()
                    && executor.kept() == 0) {
                spare--;
                fleet.letGo(executor, now);
            }
        }
    }
}
