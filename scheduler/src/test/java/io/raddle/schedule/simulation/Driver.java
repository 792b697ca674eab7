package io.raddle.schedule.simulation;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.schedule.Action;
import io.raddle.schedule.CoreAudit;
import io.raddle.schedule.Event;
import io.raddle.schedule.SchedulerCore;
import io.raddle.schedule.Settings;
import io.raddle.schedule.simulation.World.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The shell around the core: feeds it, does what it asks for, and holds the payloads that it must never see. */
final class Driver implements Action.Handler<Boolean> {
    /** A report with the records that came along. */
    record Report(Event.TaskEnded event, List<Integer> records) {}

    private record Frame(long number, Consumer<SimExecutor> content) {}

    /** What was sent to one executor since it last attached. */
    private static final class Link {
        int session = -1;
        long incarnation = -1;
        long next;
        long nextBlockChange;
        final List<Frame> unacknowledged = new ArrayList<>();
    }

    private static final long RESEND = 300_000_000L;

    final SchedulerCore core;
    final CoreAudit audit;
    private final World world;
    private final Network network;
    private final Cluster cluster;
    private final Rules rules;
    private final boolean keepsFrames;
    private final Map<ExecutorId, Link> links = new TreeMap<>();
    private final Map<AttemptId, List<Integer>> payloads = new LinkedHashMap<>();
    private final List<AttemptId> toBeKilled = new ArrayList<>();
    private final List<Event> past = new ArrayList<>();
    private boolean settling;

    Driver(Settings settings, World world, Network network, Cluster cluster, Rules rules) {
        this.world = world;
        this.network = network;
        this.cluster = cluster;
        this.rules = rules;
        core = new SchedulerCore(settings);
        audit = new CoreAudit(core, settings);
        rules.watches(audit, settings);
        keepsFrames = world.chance.oneIn(2);
        world.time.after(RESEND, this::resend);
    }

    void hears(Event event) {
        world.log(() -> "-> " + event);
        boolean replayable = event instanceof Event.TaskEnded
                || event instanceof Event.CommitAsked
                || event instanceof Event.MapOutputsLost
                || event instanceof Event.StorageReleased
                || event instanceof Event.ContainerAllocated
                || (event instanceof Event.ExecutorLost lost
                        && lost.incarnation() == Event.ExecutorLost.EVERY_INCARNATION);
        if (replayable && past.size() < 5000) {
            past.add(event);
        }
        core.on(event, world.time.now());
        audit.afterEvent();
        rules.watch(event);
        if (event instanceof Event.ExecutorLost lost && lost.cause() instanceof Cause.Unreachable) {
            SimExecutor executor = world.executors.get(lost.executor());
            if (executor.isReachable()) {
                executor.reattachSoon();
            }
        } else if (event instanceof Event.ExecutorLost lost
                && audit.state(lost.executor()).equals("GONE")) {
            world.executors.get(lost.executor()).saidToBeDead();
        }
        if (!settling) {
            settling = true;
            world.time.after(world.chance.oneIn(3) ? world.chance.millis(0, 3) : 0, this::settle);
        }
    }

    /** A report; one that overtook the snapshot of its stream comes again. */
    void hears(SimExecutor executor, int session, Report report) {
        if (session > links.get(executor.id).session) {
            return;
        }
        AttemptId attempt = report.event().attempt();
        payloads.put(attempt, report.records());
        rules.reported(attempt);
        hears(report.event());
        network.carry(executor, () -> executor.acknowledged(attempt));
    }

    /** A numbered change of what is kept; those out of turn come again. */
    void hears(SimExecutor executor, int session, long number, Event.BlocksChanged event) {
        Link link = links.get(executor.id);
        if (link == null || session != link.session || number > link.nextBlockChange) {
            return;
        }
        if (number == link.nextBlockChange) {
            link.nextBlockChange++;
            hears(event);
        }
        network.carry(executor, () -> executor.blockChangesTaken(session, number));
    }

    void replayOldMessage() {
        if (!past.isEmpty()) {
            hears(world.chance.of(past));
        }
    }

    void attached(SimExecutor executor, int session, Event.ExecutorAttached event) {
        Link link = links.computeIfAbsent(executor.id, absent -> new Link());
        if (session < link.session) {
            return;
        }
        boolean sameProcess = link.incarnation == executor.incarnation();
        link.session = session;
        link.incarnation = executor.incarnation();
        List<Frame> kept = keepsFrames && sameProcess ? List.copyOf(link.unacknowledged) : List.of();
        link.unacknowledged.clear();
        link.next = 0;
        link.nextBlockChange = 0;
        kept.forEach(frame -> send(executor.id, frame.content()));
        hears(event);
        if (!audit.state(executor.id).equals("GONE")) {
            toBeKilled.addAll(audit.unknown(executor.id, event.snapshot().attempts()));
        }
    }

    private void send(ExecutorId id, Consumer<SimExecutor> content) {
        Link link = links.get(id);
        Frame frame = new Frame(link.next++, content);
        link.unacknowledged.add(frame);
        transmit(world.executors.get(id), link, frame);
    }

    private void transmit(SimExecutor executor, Link link, Frame frame) {
        int session = link.session;
        network.carry(
                executor,
                () -> executor.frame(
                        session, frame.number(), () -> frame.content().accept(executor)));
    }

    void frameTaken(SimExecutor executor, int session, long number) {
        Link link = links.get(executor.id);
        network.carry(executor, () -> {
            if (link.session == session) {
                link.unacknowledged.removeIf(frame -> frame.number() <= number);
            }
        });
    }

    private void resend() {
        links.forEach((id, link) -> {
            SimExecutor executor = world.executors.get(id);
            new ArrayList<>(link.unacknowledged).forEach(frame -> transmit(executor, link, frame));
        });
        world.time.after(RESEND, this::resend);
    }

    void tick() {
        hears(new Event.Tick());
        audit.afterTick(world.time.now());
        cluster.heartbeat(this);
    }

    private void settle() {
        settling = false;
        List<Action> actions = core.settle(world.time.now());
        audit.afterPass(world.time.now());
        audit.areShared(actions);
        for (Action action : actions) {
            world.log(() -> "   " + action);
            action.accept(this);
        }
        Rules.require(toBeKilled.isEmpty(), toBeKilled + " run on, though given up");
        rules.settled();
    }

    @Override
    public Boolean launchBatch(Action.LaunchBatch action) {
        rules.batch(action);
        for (Action.Launch launch : action.launches()) {
            rules.launched(launch, action.executor());
            send(action.executor(), executor -> executor.launch(launch));
        }
        return true;
    }

    @Override
    public Boolean killTask(Action.KillTask action) {
        rules.killed(action.attempt());
        toBeKilled.remove(action.attempt());
        send(action.executor(), executor -> executor.kill(action.attempt()));
        return true;
    }

    @Override
    public Boolean recallTasks(Action.RecallTasks action) {
        send(action.executor(), executor -> executor.recall(action.attempts()));
        return true;
    }

    @Override
    public Boolean askContainers(Action.AskContainers action) {
        cluster.ask(action.count());
        return true;
    }

    @Override
    public Boolean releaseContainer(Action.ReleaseContainer action) {
        rules.released(action.executor());
        cluster.release(action.executor(), this);
        return true;
    }

    @Override
    public Boolean drainExecutor(Action.DrainExecutor action) {
        send(action.executor(), SimExecutor::drain);
        return true;
    }

    @Override
    public Boolean grantCommit(Action.GrantCommit action) {
        rules.granted(action);
        send(action.executor(), executor -> executor.commitGranted(action.attempt()));
        return true;
    }

    @Override
    public Boolean denyCommit(Action.DenyCommit action) {
        rules.denied(action);
        if (links.containsKey(action.executor())) {
            send(action.executor(), executor -> executor.commitDenied(action.attempt()));
        }
        return true;
    }

    @Override
    public Boolean publishMapOutputs(Action.PublishMapOutputs action) {
        rules.published(action);
        world.tables.put(new Table(action.shuffle(), action.epoch()), action.rows());
        return true;
    }

    @Override
    public Boolean dropShuffle(Action.DropShuffle action) {
        rules.dropped(action.shuffle());
        return true;
    }

    @Override
    public Boolean dropBlocks(Action.DropBlocks action) {
        rules.blocksDropped(action);
        send(action.executor(), executor -> executor.dropBlocks(action.storage(), action.forGood()));
        return true;
    }

    @Override
    public Boolean copyBlock(Action.CopyBlock action) {
        rules.copies(action);
        send(action.executor(), executor -> executor.copy(action.block()));
        return true;
    }

    @Override
    public Boolean storageFreed(Action.StorageFreed action) {
        rules.storageFreed(action.storage());
        return true;
    }

    @Override
    public Boolean acceptPayload(Action.AcceptPayload action) {
        rules.acceptedUpdates(action.attempt());
        accept(action.attempt());
        return true;
    }

    @Override
    public Boolean acceptOutput(Action.AcceptOutput action) {
        rules.acceptedOutputOnly(action.attempt());
        accept(action.attempt());
        return true;
    }

    private void accept(AttemptId attempt) {
        rules.acceptedOutput(attempt, payloads.get(attempt));
        boolean value = world.stage(attempt).spec.output().isEmpty()
                && !world.stage(attempt).commits();
        if (value && world.strikes(Fault.RESULT_LOST, 1)) {
            world.time.after(1, () -> loseResult(attempt));
        }
    }

    private void loseResult(AttemptId attempt) {
        if (rules.resultLost(attempt)) {
            hears(new Event.ResultLost(attempt));
        }
    }

    @Override
    public Boolean discardPayload(Action.DiscardPayload action) {
        rules.discarded(action.attempt());
        payloads.remove(action.attempt());
        return true;
    }

    @Override
    public Boolean completeJob(Action.CompleteJob action) {
        rules.completed(action.job());
        return true;
    }

    @Override
    public Boolean failJob(Action.FailJob action) {
        rules.failed(action.job(), action.cause());
        return true;
    }

    void cancel(JobId job) {
        rules.cancelled(job);
        hears(new Event.JobCancelled(job, new Cause.Cancelled("a test")));
    }
}
