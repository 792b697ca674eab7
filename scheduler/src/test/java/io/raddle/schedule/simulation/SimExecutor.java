package io.raddle.schedule.simulation;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.schedule.Action.KeptElsewhere;
import io.raddle.schedule.Action.Launch;
import io.raddle.schedule.Action.ShuffleInput;
import io.raddle.schedule.Block;
import io.raddle.schedule.Event;
import io.raddle.schedule.Event.HeldOutput;
import io.raddle.schedule.Event.Outcome;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.simulation.World.Row;
import io.raddle.schedule.simulation.World.Table;
import io.raddle.schedule.simulation.World.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An executor process: runs what it is told on its slots, keeps the rest in a queue, and reports each end until it is
 * acknowledged. Everything that it schedules for later is void once its incarnation is over.
 */
final class SimExecutor {
    private record Reading(List<Integer> records, Optional<Cause> failure) {}

    /** A block that is not here, and who was asked for it in vain. */
    private record Missing(Block block, List<Integer> inVain) {}

    private static final long BEAT = 250_000_000L;

    final ExecutorId id;
    final NodeId node;
    final int slots;

    private final World world;
    private final Network network;
    private final Cluster cluster;
    private final Driver driver;
    private final Map<AttemptId, Launch> queue = new LinkedHashMap<>();
    private final Map<AttemptId, Launch> running = new LinkedHashMap<>();
    private final Map<AttemptId, List<Integer>> askingToCommit = new LinkedHashMap<>();
    private final Map<AttemptId, Driver.Report> unacknowledged = new LinkedHashMap<>();
    private final Set<AttemptId> seen = new LinkedHashSet<>();
    private final Map<Block, List<Integer>> blocks = new LinkedHashMap<>();
    private final Set<Integer> droppedStorages = new LinkedHashSet<>();
    /** What became of blocks since the last attach, by number, until the driver has taken it. */
    private final SortedMap<Long, Event.BlocksChanged> blockChanges = new TreeMap<>();

    private int drops;

    private long nextBlockChange;
    private long incarnation;
    private int session;
    private boolean alive;
    /** Most of what runs here fails. */
    private boolean rotten;

    private boolean cutOff;
    private boolean saidToBeDead;
    private boolean draining;
    private long nextFrame;

    SimExecutor(ExecutorId id, NodeId node, int slots, World world, Network network, Cluster cluster, Driver driver) {
        this.id = id;
        this.node = node;
        this.slots = slots;
        this.world = world;
        this.network = network;
        this.cluster = cluster;
        this.driver = driver;
    }

    /** A new process begins, knowing nothing but the files on its disks; what comes on the old stream does not reach it. */
    void start() {
        die();
        session++;
        world.places.values().removeIf(id::equals);
        alive = true;
        rotten = world.strikes(Fault.ROTTEN_EXECUTOR, 10);
        incarnation++;
        later(0, this::attach);
        later(BEAT, this::beat);
    }

    void die() {
        alive = false;
        queue.clear();
        running.clear();
        askingToCommit.clear();
        unacknowledged.clear();
        seen.clear();
        blocks.clear();
        droppedStorages.clear();
        draining = false;
    }

    /** Not only runs, but is not said to have ended either. */
    boolean isBelievedAlive() {
        return alive && !saidToBeDead;
    }

    void saidToBeDead() {
        saidToBeDead = true;
        world.rows.values().stream().filter(row -> row.writer == this).forEach(row -> row.missed = true);
    }

    boolean isReachable() {
        return alive && !cutOff;
    }

    Driver driver() {
        return driver;
    }

    long incarnation() {
        return incarnation;
    }

    Set<AttemptId> running() {
        return running.keySet();
    }

    boolean isIdle() {
        return running.isEmpty() && queue.isEmpty();
    }

    boolean isCommitting(AttemptId attempt) {
        return askingToCommit.containsKey(attempt) || unacknowledged.containsKey(attempt);
    }

    void cutOff() {
        cutOff = true;
    }

    void reconnect() {
        cutOff = false;
        reattachSoon();
    }

    void reattachSoon() {
        if (alive) {
            later(world.chance.millis(1, 1500), this::attach);
        }
    }

    private void attach() {
        if (!network.connects(this)) {
            later(world.chance.millis(200, 600), this::attach);
            return;
        }
        session++;
        nextFrame = 0;
        blockChanges.clear();
        nextBlockChange = 0;
        List<AttemptId> attempts = new ArrayList<>(running.keySet());
        attempts.addAll(queue.keySet());
        List<HeldOutput> held = world.rows.values().stream()
                .filter(row -> row.writer == this && !row.lost)
                .map(row -> new HeldOutput(row.shuffle, row.map))
                .distinct()
                .toList();
        Snapshot snapshot = new Snapshot(attempts, new ArrayList<>(unacknowledged.keySet()), held, blocks());
        String rack = "rack" + node.port() % 2;
        var event = new Event.ExecutorAttached(id, incarnation, node, rack, slots, world.outputLife, snapshot);
        int mine = session;
        world.time.after(world.chance.millis(0, 20), () -> driver.attached(this, mine, event));
    }

    private void beat() {
        new ArrayList<>(unacknowledged.values()).forEach(this::send);
        new ArrayList<>(askingToCommit.keySet()).forEach(this::askToCommit);
        new TreeMap<>(blockChanges).forEach(this::send);
        if (draining && isIdle() && unacknowledged.isEmpty()) {
            cluster.exited(this, new Cause.ExecutorExited(node.toString(), 0, "drained"));
            return;
        }
        later(BEAT, this::beat);
    }

    /** A numbered message from the driver; those out of turn come again. */
    void frame(int ofSession, long number, Runnable content) {
        if (alive && ofSession == session && number <= nextFrame) {
            driver.frameTaken(this, ofSession, number);
            if (number == nextFrame) {
                nextFrame++;
                content.run();
            }
        }
    }

    void launch(Launch launch) {
        if (!draining && seen.add(launch.attempt())) {
            queue.put(launch.attempt(), launch);
            fillSlots();
        }
    }

    private void fillSlots() {
        while (running.size() < slots && !queue.isEmpty()) {
            Launch next = queue.remove(queue.keySet().iterator().next());
            running.put(next.attempt(), next);
            SimStage stage = world.stage(next.attempt());
            long mean = stage.meanMillis;
            long nanos = world.chance.millis(0, (int) (2 * mean));
            if (world.strikes(Fault.STRAGGLER, 0.7)) {
                nanos += world.chance.millis(2000, 40_000);
            }
            long took = nanos;
            Reading early = world.chance.oneIn(2) ? read(next, stage) : null;
            later(nanos, () -> finish(next, early, took));
        }
    }

    private void finish(Launch launch, @Nullable Reading early, long nanos) {
        AttemptId attempt = launch.attempt();
        if (!running.containsKey(attempt)) {
            return;
        }
        boolean fails = rotten && !world.healed() && world.chance.percent(70);
        if (fails || world.strikes(Fault.DISKS_FAIL, 2)) {
            Outcome failed = new Outcome.Failed(new Cause.DisksFailed(node.toString()));
            end(new Driver.Report(new Event.TaskEnded(id, attempt, nanos, failed), List.of()));
            return;
        }
        SimStage stage = world.stage(attempt);
        if (stage.poisoned == attempt.partition() && !stage.diesCommitting(attempt.partition())) {
            world.happened(Fault.POISONED_TASK);
            if (stage.deadly) {
                runOutOfMemory();
            } else {
                fault(attempt, nanos);
            }
            return;
        }
        if (world.strikes(Fault.USER_EXCEPTION, 1.5)) {
            fault(attempt, nanos);
            return;
        }
        if (world.strikes(Fault.OUT_OF_MEMORY, 0.3)) {
            runOutOfMemory();
            return;
        }
        Reading reading = early == null ? read(launch, stage) : early;
        if (reading.failure().isEmpty()) {
            compute(attempt, stage, reading.records(), nanos);
        } else {
            if (reading.failure().get() instanceof Cause.FetchFailed) {
                world.fetchFailures.merge(attempt.stage(), 1, Integer::sum);
            }
            Outcome failed = new Outcome.Failed(reading.failure().get());
            end(new Driver.Report(new Event.TaskEnded(id, attempt, nanos, failed), List.of()));
        }
    }

    private void runOutOfMemory() {
        cluster.exited(this, new Cause.OutOfMemory("Java heap space", 1 << 30));
    }

    private void fault(AttemptId attempt, long nanos) {
        world.ownFaults.merge(Task.of(attempt), 1, Integer::sum);
        Cause cause = new Cause.UserException("java.lang.IllegalStateException", "no", "");
        end(new Driver.Report(new Event.TaskEnded(id, attempt, nanos, new Outcome.Failed(cause)), List.of()));
    }

    private void compute(AttemptId attempt, SimStage stage, List<Integer> in, long nanos) {
        List<Integer> out = stage.apply(in);
        if (stage.commits()) {
            askingToCommit.put(attempt, out);
            askToCommit(attempt);
            return;
        }
        stage.spec.output().ifPresent(shuffle -> {
            List<List<Integer>> dealt = stage.deal(out, attempt.partition(), world.chance);
            world.rows.put(attempt, new Row(shuffle, attempt.partition(), dealt, this));
        });
        end(new Driver.Report(new Event.TaskEnded(id, attempt, nanos, new Outcome.Succeeded()), out));
    }

    /** What a task reads, in the order in which the rows happen to come, or why it cannot. */
    private Reading read(Launch launch, SimStage stage) {
        if (stage.cache.isEmpty()) {
            return compute(launch, stage, Optional.empty());
        }
        SimCache cache = stage.cache.get();
        Block block = cache.block(launch.attempt().partition());
        List<Integer> inVain = new ArrayList<>();
        Optional<List<Integer>> kept = kept(launch, block, inVain);
        if (kept.isPresent()) {
            return new Reading(kept.get(), Optional.empty());
        }
        Reading read = compute(launch, cache.maker(), Optional.of(new Missing(block, inVain)));
        if (read.failure().isPresent()) {
            return read;
        }
        List<Integer> made = cache.maker().apply(read.records());
        if (!droppedStorages.contains(block.storage()) && !world.strikes(Fault.BLOCK_NOT_KEPT, 8)) {
            blocks.put(block, made);
            changed(List.of(block), List.of());
        }
        return new Reading(made, Optional.empty());
    }

    /** What is kept here, or by another executor that the driver named and that can be reached. */
    private Optional<List<Integer>> kept(Launch launch, Block block, List<Integer> inVain) {
        if (blocks.containsKey(block)) {
            return Optional.of(blocks.get(block));
        }
        for (ExecutorId holder : holders(launch, block)) {
            SimExecutor other = world.executors.get(holder);
            if (other.isReachable() && other.blocks.containsKey(block) && !world.strikes(Fault.BLOCK_UNREADABLE, 15)) {
                return Optional.of(other.blocks.get(block));
            }
            inVain.add(holder.number());
            world.disturbed.add(block);
        }
        return Optional.empty();
    }

    private static List<ExecutorId> holders(Launch launch, Block block) {
        return launch.elsewhere().stream()
                .filter(each -> each.block().equals(block))
                .flatMap(each -> each.holders().stream())
                .toList();
    }

    /** Fetches a block to hold it too; answers in any case. Blocks that are dropped meanwhile are not held. */
    void copy(KeptElsewhere wanted) {
        Block block = wanted.block();
        int before = drops;
        later(world.chance.millis(0, 300), () -> {
            if (blocks.containsKey(block)) {
                changed(List.of(block), List.of());
                return;
            }
            Optional<List<Integer>> records = wanted.holders().stream()
                    .map(world.executors::get)
                    .filter(other -> other.isReachable() && other.blocks.containsKey(block))
                    .findFirst()
                    .map(other -> other.blocks.get(block));
            if (records.isEmpty()
                    || before != drops
                    || droppedStorages.contains(block.storage())
                    || world.strikes(Fault.COPY_REFUSED, 10)) {
                world.disturbed.add(block);
                changed(List.of(), List.of(block));
            } else {
                blocks.put(block, records.get());
                changed(List.of(block), List.of());
            }
        });
    }

    List<Block> blocks() {
        return new ArrayList<>(blocks.keySet());
    }

    void evict(Block block) {
        world.disturbed.add(block);
        blocks.remove(block);
        changed(List.of(), List.of(block));
    }

    void dropBlocks(int storage, boolean forGood) {
        drops++;
        if (forGood) {
            droppedStorages.add(storage);
        }
        List<Block> gone =
                blocks().stream().filter(block -> block.storage() == storage).toList();
        gone.forEach(this::evict);
    }

    private void changed(List<Block> stored, List<Block> dropped) {
        long number = nextBlockChange++;
        blockChanges.put(number, new Event.BlocksChanged(id, incarnation, stored, dropped));
        send(number, blockChanges.get(number));
    }

    private void send(long number, Event.BlocksChanged change) {
        int mine = session;
        network.carry(this, () -> driver.hears(this, mine, number, change));
    }

    void blockChangesTaken(int ofSession, long number) {
        if (ofSession == session) {
            blockChanges.headMap(number + 1).clear();
        }
    }

    private static Optional<ShuffleInput> table(Launch launch, SimStage input) {
        return launch.inputs().stream()
                .filter(each -> each.shuffle().equals(input.spec.output().orElseThrow()))
                .findFirst();
    }

    /** Reads tables; for a block that is missing, those that the launch does not name are not there. */
    private Reading compute(Launch launch, SimStage stage, Optional<Missing> missed) {
        int partition = launch.attempt().partition();
        List<Integer> in = new ArrayList<>();
        if (stage.isSource()) {
            in.addAll(stage.source(partition));
        }
        for (int i = 0; i < stage.inputs.size(); i++) {
            int wanted = stage.reads(i, partition);
            if (wanted >= 0) {
                Optional<ShuffleInput> table = table(launch, stage.inputs.get(i));
                if (table.isEmpty()) {
                    Block block = missed.orElseThrow().block();
                    world.missedBlocks.add(block);
                    world.disturbed.add(block);
                    return new Reading(
                            in,
                            Optional.of(new Cause.BlockLost(
                                    block.storage(),
                                    block.partition(),
                                    "gone",
                                    missed.get().inVain())));
                }
                ShuffleInput input = table.get();
                List<Integer> missing = read(input, wanted, in);
                if (!missing.isEmpty()) {
                    return new Reading(
                            in,
                            Optional.of(new Cause.FetchFailed(
                                    input.shuffle().number(), input.epoch(), missing, "somewhere", "gone")));
                }
            }
        }
        return new Reading(in, Optional.empty());
    }

    /** Adds one partition of a table; answers the rows that are nowhere. */
    private List<Integer> read(ShuffleInput input, int partition, List<Integer> in) {
        List<AttemptId> table = new ArrayList<>(world.tables.get(new Table(input.shuffle(), input.epoch())));
        List<Integer> missing = new ArrayList<>();
        world.chance.shuffle(table);
        for (AttemptId writer : table) {
            Row row = world.rows.get(writer);
            if (!world.readable(row)) {
                missing.add(row.map);
                row.missed = true;
            } else {
                in.addAll(row.records.get(partition));
            }
        }
        return missing;
    }

    private void askToCommit(AttemptId attempt) {
        Event event = new Event.CommitAsked(id, attempt);
        network.carry(this, () -> driver.hears(event));
    }

    void commitGranted(AttemptId attempt) {
        if (!askingToCommit.containsKey(attempt) || !running.containsKey(attempt)) {
            return;
        }
        boolean published = world.chance.oneIn(2);
        if (world.stage(attempt).diesCommitting(attempt.partition())) {
            world.happened(Fault.POISONED_TASK);
            if (published) {
                publish(attempt);
            }
            runOutOfMemory();
            return;
        }
        if (world.strikes(Fault.COMMITTER_DIES, 6)) {
            if (published) {
                publish(attempt);
            }
            cluster.exited(this, new Cause.ExecutorExited(node.toString(), 137, "killed"));
            return;
        }
        if (world.strikes(Fault.COMMITTER_SILENT, 5)) {
            cluster.silence(this);
        }
        if (world.strikes(Fault.COMMIT_FAILS, 8)) {
            if (published) {
                publish(attempt);
            }
            askingToCommit.remove(attempt);
            fault(attempt, 1);
            return;
        }
        List<Integer> out = publish(attempt);
        end(new Driver.Report(new Event.TaskEnded(id, attempt, 1, new Outcome.Succeeded()), out));
    }

    private List<Integer> publish(AttemptId attempt) {
        List<Integer> out = askingToCommit.remove(attempt);
        int times = world.timesPublished.merge(Task.of(attempt), 1, Integer::sum);
        world.published.put(Task.of(attempt), out);
        if (times > 1 && world.stage(attempt).spec.publication() == Publication.SINGLE_COMMIT) {
            throw new AssertionError(attempt + " published what must be published once");
        }
        return out;
    }

    void commitDenied(AttemptId attempt) {
        if (askingToCommit.remove(attempt) != null) {
            Cause cause = new Cause.CommitDenied("another attempt has it");
            end(new Driver.Report(new Event.TaskEnded(id, attempt, 1, new Outcome.Failed(cause)), List.of()));
        }
    }

    void kill(AttemptId attempt) {
        seen.add(attempt);
        queue.remove(attempt);
        running.remove(attempt);
        askingToCommit.remove(attempt);
        fillSlots();
    }

    void recall(List<AttemptId> attempts) {
        for (AttemptId attempt : attempts) {
            if (queue.remove(attempt) != null) {
                end(new Driver.Report(new Event.TaskEnded(id, attempt, 0, new Outcome.Recalled()), List.of()));
            }
        }
    }

    void drain() {
        draining = true;
    }

    private void end(Driver.Report report) {
        AttemptId attempt = report.event().attempt();
        running.remove(attempt);
        unacknowledged.put(attempt, report);
        send(report);
        fillSlots();
    }

    private void send(Driver.Report report) {
        int mine = session;
        network.carry(this, () -> driver.hears(this, mine, report));
    }

    void acknowledged(AttemptId attempt) {
        unacknowledged.remove(attempt);
    }

    private void later(long nanos, Runnable happening) {
        long mine = incarnation;
        world.time.after(nanos, () -> {
            if (alive && incarnation == mine) {
                happening.run();
            }
        });
    }
}
