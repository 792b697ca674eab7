package io.raddle.schedule.simulation;

import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Action;
import io.raddle.schedule.Block;
import io.raddle.schedule.CoreAudit;
import io.raddle.schedule.Event;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Preference;
import io.raddle.schedule.Settings;
import io.raddle.schedule.simulation.World.Row;
import io.raddle.schedule.simulation.World.Table;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Where and why a task may be launched: at executors that take tasks, for a reason, and near its data if it can. */
final class PlacementRules {
    private final World world;
    private final CoreAudit audit;
    private final Settings settings;
    /** Since when an executor is attached at each host. */
    private final Map<String, Long> attachedSince = new LinkedHashMap<>();
    /** When each stage could begin at the earliest. */
    private final Map<StageId, Long> readySince = new LinkedHashMap<>();

    /** When the first of the events came that the next pass will act on: what began with one of them began then. */
    private OptionalLong firstEvent = OptionalLong.empty();

    private final Set<NodeId> lostNodes = new LinkedHashSet<>();
    private final Map<ExecutorId, Long> incarnations = new LinkedHashMap<>();
    private final Set<ExecutorId> gone = new LinkedHashSet<>();

    PlacementRules(World world, CoreAudit audit, Settings settings) {
        this.world = world;
        this.audit = audit;
        this.settings = settings;
    }

    void submitted(SimJob job) {
        job.stages().forEach(stage -> readySince.putIfAbsent(stage.spec.id(), world.time.now()));
    }

    void published(ShuffleId shuffle) {
        world.stages.values().stream()
                .filter(stage -> stage.spec.inputs().contains(shuffle))
                .forEach(stage -> readySince.put(stage.spec.id(), firstEvent.orElse(world.time.now())));
    }

    /** All actions of a pass were done. */
    void settled() {
        firstEvent = OptionalLong.empty();
    }

    void watch(Event event) {
        firstEvent = OptionalLong.of(firstEvent.orElse(world.time.now()));
        if (event instanceof Event.NodeLost lost) {
            lostNodes.add(lost.node());
            world.executors.values().stream()
                    .filter(executor -> executor.node.equals(lost.node()))
                    .forEach(executor -> gone.add(executor.id));
        } else if (event instanceof Event.ExecutorAttached attached) {
            Long before = incarnations.put(attached.executor(), attached.incarnation());
            if (before != null && before != attached.incarnation()) {
                attachedSince.remove(attached.node().host());
            }
        } else if (event instanceof Event.ExecutorLost lost) {
            boolean old = lost.incarnation() < incarnations.getOrDefault(lost.executor(), -1L);
            boolean over = audit.state(lost.executor()).equals("GONE");
            Rules.require(
                    !old || !over || gone.contains(lost.executor()), lost.executor() + " is given up for an old loss");
            if (over) {
                gone.add(lost.executor());
            }
        }
        for (SimExecutor executor : world.executors.values()) {
            String host = executor.node.host();
            if (!audit.isAttachedAt(host)) {
                attachedSince.remove(host);
            } else {
                attachedSince.putIfAbsent(host, world.time.now());
            }
        }
    }

    void batch(Action.LaunchBatch batch) {
        Rules.require(batch.launches().size() <= settings.batchLimit(), "a batch is larger than its limit");
        Rules.require(
                audit.state(batch.executor()).equals("ATTACHED"), batch.executor() + " is given tasks it cannot run");
    }

    void launched(Action.Launch launch, ExecutorId executor, AttemptId standing) {
        Rules.require(audit.isAdmitted(launch.attempt(), executor), launch.attempt() + " runs where it failed before");
        SimStage stage = world.stage(launch.attempt());
        if (standing != null && stage.spec.output().isPresent()) {
            Row row = world.rows.get(standing);
            boolean needless = world.readable(row) && !row.missed && !stage.mayBeRolledBack();
            Rules.require(
                    !needless, launch.attempt() + " computes again what " + standing + " wrote and nobody misses");
        }
        for (Action.ShuffleInput input : launch.inputs()) {
            readsNothingKnownToBeLost(launch.attempt(), input);
        }
        stage.cache.ifPresent(cache ->
                namesHolders(launch, executor, cache.block(launch.attempt().partition())));
        Preference preference = preference(stage, launch.attempt().partition());
        boolean mustBeNear = !audit.competes(launch.attempt());
        if (mustBeNear && preference.executors().isEmpty() && preference.racks().isEmpty() && stage.cache.isEmpty()) {
            waitedLongEnough(
                    launch.attempt(),
                    preference.hosts(),
                    world.executors.get(executor).node.host());
        }
    }

    /** A copy is made by an executor that can, from one that has the block, and on another node where there is one. */
    void copies(Action.CopyBlock action) {
        Block block = action.block().block();
        List<ExecutorId> holders = audit.lenders(block);
        List<String> hosts = holders.stream()
                .map(holder -> world.executors.get(holder).node.host())
                .toList();
        Rules.require(
                holders.containsAll(action.block().holders())
                        && !action.block().holders().isEmpty(),
                block + " is to be copied from " + action.block().holders());
        Rules.require(!holders.contains(action.executor()), action.executor() + " is to copy what it holds");
        Rules.require(audit.state(action.executor()).equals("ATTACHED"), action.executor() + " is to copy and cannot");
        boolean sameNode =
                hosts.contains(world.executors.get(action.executor()).node.host());
        boolean another = world.executors.values().stream()
                .anyMatch(other -> audit.state(other.id).equals("ATTACHED") && !hosts.contains(other.node.host()));
        Rules.require(!sameNode || !another, action.executor() + " copies what its node holds");
    }

    /** When nothing happens any more, what was asked for twice is there twice where it can be. */
    void copiesAreMade(List<SimCache> caches) {
        List<ExecutorId> attached = world.executors.keySet().stream()
                .filter(id -> audit.state(id).equals("ATTACHED"))
                .toList();
        for (SimCache cache : caches) {
            for (int partition = 0; partition < cache.maker().spec.tasks(); partition++) {
                Block block = cache.block(partition);
                int holders = audit.lenders(block).size();
                Rules.require(
                        holders == 0
                                || holders >= Math.min(cache.copies(), attached.size())
                                || world.disturbed.contains(block),
                        block + " has " + holders + " holders of " + cache.copies());
            }
        }
    }

    /** Where a block is that is not at hand is said to whoever asks for it, as far as it is known. */
    private void namesHolders(Action.Launch launch, ExecutorId executor, Block block) {
        List<ExecutorId> holders = audit.lenders(block);
        List<ExecutorId> named = launch.elsewhere().stream()
                .filter(each -> each.block().equals(block))
                .flatMap(each -> each.holders().stream())
                .toList();
        boolean needless = holders.isEmpty() || holders.contains(executor);
        Rules.require(
                needless ? named.isEmpty() : !named.isEmpty() && holders.containsAll(named),
                launch.attempt() + " is told to ask " + named + " for " + block + ", which " + holders + " hold");
    }

    private static Preference preference(SimStage stage, int partition) {
        List<Preference> each = stage.spec.preferences();
        for (int task = 0; task < each.size(); task++) {
            if (stage.spec.partitions().partition(task) == partition) {
                return each.get(task);
            }
        }
        return Preference.NONE;
    }

    private void readsNothingKnownToBeLost(AttemptId attempt, Action.ShuffleInput input) {
        List<AttemptId> table = world.tables.getOrDefault(new Table(input.shuffle(), input.epoch()), List.of());
        for (AttemptId writer : table) {
            SimExecutor executor = world.rows.get(writer).writer;
            boolean gone = world.outputLife == OutputLife.WITH_EXECUTOR
                    && audit.state(executor.id).equals("GONE");
            Rules.require(
                    !gone && !lostNodes.contains(executor.node),
                    attempt + " is to read what " + writer + " wrote, which is known to be lost");
        }
    }

    /** A host that was there all the time since the stage could begin is worth half the wait at least. */
    private void waitedLongEnough(AttemptId attempt, List<String> hosts, String host) {
        long ready = readySince.getOrDefault(attempt.stage(), 0L);
        boolean hasty = world.time.now() < ready + settings.localityWait().toNanos() / 2;
        for (String wished : hosts) {
            boolean wasThere = attachedSince.getOrDefault(wished, Long.MAX_VALUE) < ready;
            Rules.require(
                    !hasty || !wasThere || hosts.contains(host),
                    attempt + " runs at " + host + " without waiting for " + hosts);
        }
    }
}
