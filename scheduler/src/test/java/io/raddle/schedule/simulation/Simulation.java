package io.raddle.schedule.simulation;

import io.raddle.id.ShuffleId;
import io.raddle.schedule.Block;
import io.raddle.schedule.Event;
import io.raddle.schedule.Settings;
import io.raddle.schedule.SpeculationRule;
import io.raddle.schedule.simulation.World.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * One run from one seed: jobs come while things break; then the world is healed, and every job must end. What went
 * wrong, and which transitions the core took, is told afterwards.
 */
public final class Simulation {
    /** What happened in a run that broke no rule. */
    record Outcome(
            Map<Fault, Integer> faults,
            SortedMap<String, Long> transitions,
            SortedMap<String, Long> notes,
            long steps) {}

    private static final long TICK = 200_000_000L;
    private static final int MOST_STEPS = 400_000;
    private static final long REST = Duration.ofSeconds(120).toNanos();

    private final long seed;
    private final World world;
    private final Network network;
    private final Cluster cluster;
    private final Rules rules;
    private final Driver driver;
    private final Program program;
    private final int jobs;
    private int submitted;
    private long steps;
    private final List<SimJob> all = new ArrayList<>();

    Simulation(long seed, boolean verbose) {
        this.seed = seed;
        world = new World(seed, verbose);
        network = new Network(world);
        int slots = world.chance.between(1, 3);
        Settings settings = settings(world.chance, slots);
        cluster = new Cluster(world, network, slots);
        rules = new Rules(world);
        driver = new Driver(settings, world, network, cluster, rules);
        program = new Program(world.chance, cluster.hosts(), world.chance.oneIn(2));
        jobs = world.chance.between(1, 5);
    }

    private static Settings settings(Chance chance, int slots) {
        int min = chance.between(0, 3);
        int max = Math.max(min, 1) + chance.below(4);
        return new Settings(
                1,
                min,
                chance.between(Math.max(min, 1), max),
                max,
                slots,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                chance.of(List.of(0, 4, 64)),
                chance.of(List.of(1, 3, 256)),
                4,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                chance.oneIn(2) ? SpeculationRule.NONE : new SpeculationRule(0.5, 2, Duration.ofSeconds(1)));
    }

    /** Runs to the end; throws an AssertionError or an IllegalStateException when a rule is broken. */
    Outcome run() {
        world.time.after(0, this::submitNext);
        world.time.after(TICK, this::tick);
        world.time.after(world.chance.millis(10, 2000), this::mischief);
        world.time.after(world.chance.millis(20_000, 90_000), world::heal);
        try {
            until(() -> submitted == jobs && rules.ended() == jobs && world.healed(), "every job to end");
            long rest = world.time.now() + REST;
            until(() -> world.time.now() >= rest, "rest");
            driver.audit.atRest();
            blocksAreKnown();
            rules.copiesAreMade(program.caches());
            for (SimExecutor executor : world.executors.values()) {
                Rules.require(
                        !executor.isReachable() || executor.isIdle(),
                        executor.id + " still works on " + executor.running());
            }
        } catch (AssertionError | RuntimeException broken) {
            world.log(broken::toString);
            throw broken;
        }
        return new Outcome(new EnumMap<>(world.faults), driver.audit.transitions(), driver.audit.notes(), steps);
    }

    List<String> log() {
        return world.log();
    }

    private void until(BooleanSupplier condition, String what) {
        while (!condition.getAsBoolean()) {
            boolean stepped = world.time.step();
            if (!stepped || ++steps > MOST_STEPS) {
                throw new AssertionError(
                        "seed " + seed + " waits in vain for " + what + ": " + driver.core.explain(world.time.now()));
            }
        }
    }

    private void tick() {
        driver.tick();
        world.time.after(TICK, this::tick);
    }

    private void submitNext() {
        SimJob job = program.job(submitted + 1);
        job.stages().forEach(stage -> world.stages.put(stage.spec.id(), stage));
        world.log(() -> "JOB " + job.id() + " " + job.stages());
        all.add(job);
        submitted++;
        rules.submitted(job);
        driver.hears(new Event.JobSubmitted(job.spec()));
        if (submitted < jobs) {
            world.time.after(world.chance.millis(10, 12_000), this::submitNext);
        }
    }

    private void mischief() {
        if (world.healed()) {
            return;
        }
        world.time.after(world.chance.millis(5, 600), this::mischief);
        hurtSomeone();
        evictSomething();
        if (world.strikes(Fault.RELAY_RESTART, 1)) {
            network.restartRelay();
        }
        if (world.strikes(Fault.OLD_MESSAGE_REPLAYED, 20)) {
            driver.replayOldMessage();
        }
        if (world.strikes(Fault.JOB_CANCELLED, 0.2)) {
            driver.cancel(world.chance.of(all).id());
        }
        if (world.strikes(Fault.MAP_OUTPUT_LOST, 3)) {
            loseRow(false);
        }
        if (world.strikes(Fault.MAP_OUTPUT_LOSS_TOLD, 1)) {
            loseRow(true);
        }
        if (world.strikes(Fault.NODE_LOST, 0.4)) {
            cluster.loseNode(world.chance.of(cluster.nodes), driver);
        }
        if (submitted == jobs && world.strikes(Fault.SHUFFLE_RELEASED, 1)) {
            driver.hears(new Event.ShuffleReleased(new ShuffleId(world.chance.between(1, world.stages.size()))));
        }
    }

    /** When nothing happens any more the core knows exactly what is kept, and nothing is that nobody asks for. */
    private void blocksAreKnown() {
        for (SimExecutor executor : world.executors.values()) {
            boolean known = driver.audit.state(executor.id).equals("ATTACHED");
            List<Block> held = known ? executor.blocks() : List.of();
            Set<Block> said = new LinkedHashSet<>(driver.audit.holds(executor.id));
            said.addAll(held.stream().filter(world.missedBlocks::contains).toList());
            Rules.require(
                    said.equals(new LinkedHashSet<>(held)),
                    executor.id + " holds " + held + " but is known for " + driver.audit.holds(executor.id));
            Rules.require(
                    held.stream().noneMatch(block -> world.releasedStorages.contains(block.storage())),
                    executor.id + " holds " + held + " though " + world.releasedStorages + " are released");
        }
    }

    private void evictSomething() {
        List<SimExecutor> holders = world.executors.values().stream()
                .filter(executor -> executor.isReachable() && !executor.blocks().isEmpty())
                .toList();
        if (!holders.isEmpty() && world.strikes(Fault.BLOCK_EVICTED, 4)) {
            SimExecutor holder = world.chance.of(holders);
            holder.evict(world.chance.of(holder.blocks()));
        }
        if (!program.caches().isEmpty() && world.strikes(Fault.STORAGE_RELEASED, 0.5)) {
            int storage = world.chance.of(program.caches()).storage();
            world.releasedStorages.add(storage);
            driver.hears(new Event.StorageReleased(storage));
        }
    }

    private void hurtSomeone() {
        List<SimExecutor> alive = world.executors.values().stream()
                .filter(SimExecutor::isReachable)
                .toList();
        if (alive.isEmpty()) {
            return;
        }
        SimExecutor victim = world.chance.of(alive);
        if (world.strikes(Fault.EXECUTOR_CRASH, 1)) {
            cluster.exited(victim, new io.raddle.fault.Cause.ExecutorExited(victim.node.toString(), 137, "killed"));
        } else if (world.strikes(Fault.SILENCE_AND_RETURN, 1)) {
            cluster.silence(victim);
        } else if (world.strikes(Fault.SILENT_DEATH, 0.5)) {
            cluster.dieSilently(victim);
        } else if (world.strikes(Fault.STREAM_BROKEN, 1)) {
            victim.reattachSoon();
        } else if (world.strikes(Fault.PROCESS_RESTARTED, 0.5)) {
            cluster.restart(victim);
        } else if (world.strikes(Fault.TAKEN_FOR_DEAD, 0.5)) {
            cluster.takeForDead(victim);
        } else if (world.strikes(Fault.EXECUTOR_DRAINS, 1)) {
            victim.drain();
            driver.hears(new Event.ExecutorDraining(victim.id));
            if (world.strikes(Fault.STREAM_BROKEN, 20)) {
                victim.reattachSoon();
            } else if (world.strikes(Fault.SILENCE_AND_RETURN, 50)) {
                cluster.silence(victim);
            }
        }
    }

    /** A file on some disk is gone; readers find out, or somebody tells. */
    private void loseRow(boolean told) {
        List<Row> rows = world.rows.values().stream().filter(row -> !row.lost).toList();
        if (rows.isEmpty()) {
            return;
        }
        Row row = world.chance.of(rows);
        row.lost = true;
        int epoch = world.tables.keySet().stream()
                .filter(table -> table.shuffle().equals(row.shuffle))
                .mapToInt(World.Table::epoch)
                .max()
                .orElse(0);
        if (told && epoch > 0) {
            world.rows.values().stream()
                    .filter(other -> other.shuffle.equals(row.shuffle) && other.map == row.map)
                    .forEach(other -> other.missed = true);
            driver.hears(new Event.MapOutputsLost(row.shuffle, epoch, List.of(row.map)));
        }
    }
}
