package io.raddle.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * All scheduling state of one driver and the router of its events. Owned by one thread; time is an argument, monotonic
 * and in nanoseconds. An impossible event or state is a defect: it throws with the latest events, and the core must not
 * be used after that.
 */
public final class SchedulerCore {
    private static final int REMEMBERED_EVENTS = 256;

    private final List<Action> outbox = new ArrayList<>();
    private final Census census = new Census();
    private final Chronicle chronicle = new Chronicle(REMEMBERED_EVENTS);
    private final Stages stages = new Stages();
    private final Executors executors = new Executors();
    private final Openings openings = new Openings();
    private final CommitLedger ledger = new CommitLedger();
    private final BlockIndex blocks = new BlockIndex();
    private final Attempts attempts;
    private final Exclusions exclusions;
    private final Speculation speculation;
    private final Copies copies;
    private final Storages storages;
    private final StageGraph graph;
    private final TaskReports reports;
    private final Fleet fleet;
    private final Jobs jobs;
    private final Demand demand;
    private final Placement placement;
    private final Observation observation;

    public SchedulerCore(Settings settings) {
        attempts = new Attempts(settings, executors, openings, ledger, blocks, outbox);
        graph = new StageGraph(settings, executors, attempts, openings, blocks, census, outbox);
        exclusions = new Exclusions(executors, openings);
        RetryPolicy retries = new RetryPolicy(settings, graph, exclusions);
        copies = new Copies(blocks, executors, census, outbox);
        storages = new Storages(blocks, stages, executors, graph, copies, census, outbox);
        reports = new TaskReports(
                settings, executors, stages, graph, storages, attempts, retries, ledger, census, outbox);
        fleet = new Fleet(
                executors, openings, attempts, reports, retries, graph, exclusions, storages, ledger, census, outbox);
        jobs = new Jobs(settings, stages, graph, blocks, copies, census, outbox, this::retired);
        speculation = new Speculation(settings.speculation(), stages, executors, openings, exclusions, census);
        demand = new Demand(settings, executors, openings, attempts, jobs, fleet, speculation, outbox);
        placement = new Placement(settings, executors, openings, attempts, exclusions, speculation, fleet, outbox);
        observation = new Observation(stages, jobs, executors);
    }

    private void retired(Stage stage) {
        observation.retired(stage);
        fleet.retired(stage);
    }

    /** Takes one event in. Cheap; nothing is placed before {@link #settle}. */
    public void on(Event event, long nowNanos) {
        chronicle.add(nowNanos, event);
        try {
            event.accept(new Router(nowNanos));
            do {
                storages.lookAgain();
                jobs.advance(nowNanos);
            } while (storages.areNews());
        } catch (RuntimeException impossible) {
            throw new IllegalStateException(
                    impossible.getMessage() + "\nThe latest events:\n" + String.join("\n", chronicle.lines()),
                    impossible);
        }
    }

    /** Makes one placement pass and hands out all actions since the last call, in order. */
    public List<Action> settle(long nowNanos) {
        placement.pass(nowNanos);
        demand.settle();
        copies.settle();
        List<Action> actions = List.copyOf(outbox);
        outbox.clear();
        return actions;
    }

    /** Why work waits, one sentence each; empty when nothing does. */
    public List<String> explain(long nowNanos) {
        return new Explanation(stages, executors, demand, exclusions, ledger).sentences(nowNanos);
    }

    /** What observers may know. */
    public Progress progress() {
        return observation.progress();
    }

    /** The latest events, oldest first: what to show when nothing moves any more. */
    public List<String> latestEvents() {
        return chronicle.lines();
    }

    /** For those who check the core, in the same package. */
    Inside inside() {
        return new Inside(
                stages, executors, openings, blocks, attempts, exclusions, speculation, ledger, demand, jobs, census);
    }

    /** The parts whose agreement is worth checking. */
    record Inside(
            Stages stages,
            Executors executors,
            Openings openings,
            BlockIndex blocks,
            Attempts attempts,
            Exclusions exclusions,
            Speculation speculation,
            CommitLedger ledger,
            Demand demand,
            Jobs jobs,
            Census census) {}

    /** Sends each event to the one place that knows what it means. */
    private final class Router implements Event.Handler<Boolean> {
        private final long now;

        Router(long now) {
            this.now = now;
        }

        @Override
        public Boolean jobSubmitted(Event.JobSubmitted event) {
            jobs.submit(event.job());
            return true;
        }

        @Override
        public Boolean jobCancelled(Event.JobCancelled event) {
            jobs.cancel(event.job(), event.cause(), now);
            return true;
        }

        @Override
        public Boolean containerAllocated(Event.ContainerAllocated event) {
            if (fleet.allocated(event.executor(), event.node(), now)) {
                demand.allocated(event.executor());
            }
            return true;
        }

        @Override
        public Boolean containersRefused(Event.ContainersRefused event) {
            demand.refused(event.cause());
            return true;
        }

        @Override
        public Boolean executorAttached(Event.ExecutorAttached event) {
            demand.attached();
            fleet.attached(event, now);
            return true;
        }

        @Override
        public Boolean executorLost(Event.ExecutorLost event) {
            if (fleet.lost(event.executor(), event.incarnation(), event.cause(), now)) {
                demand.launchFailed(event.cause());
            }
            return true;
        }

        @Override
        public Boolean executorDraining(Event.ExecutorDraining event) {
            fleet.draining(event.executor(), now);
            return true;
        }

        @Override
        public Boolean nodeLost(Event.NodeLost event) {
            fleet.nodeLost(event.node(), stages.all(), now);
            return true;
        }

        @Override
        public Boolean taskEnded(Event.TaskEnded event) {
            reports.ended(event, now);
            return true;
        }

        @Override
        public Boolean commitAsked(Event.CommitAsked event) {
            reports.commitAsked(event.executor(), event.attempt(), now);
            return true;
        }

        @Override
        public Boolean mapOutputsLost(Event.MapOutputsLost event) {
            reports.lost(event.shuffle(), event.epoch(), event.maps(), now);
            return true;
        }

        @Override
        public Boolean resultLost(Event.ResultLost event) {
            reports.resultLost(event.attempt());
            return true;
        }

        @Override
        public Boolean shuffleReleased(Event.ShuffleReleased event) {
            jobs.release(event.shuffle());
            return true;
        }

        @Override
        public Boolean blocksChanged(Event.BlocksChanged event) {
            storages.changed(event);
            return true;
        }

        @Override
        public Boolean storageReleased(Event.StorageReleased event) {
            storages.release(event.storage());
            return true;
        }

        @Override
        public Boolean tick(Event.Tick event) {
            reports.tick(now);
            exclusions.tick(now);
            speculation.tick(now);
            placement.tick(now);
            demand.tick(now);
            return true;
        }
    }
}
