package io.raddle.schedule.simulation;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Action;
import io.raddle.schedule.CoreAudit;
import io.raddle.schedule.Event;
import io.raddle.schedule.Settings;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.StageSpec.Recomputation;
import io.raddle.schedule.simulation.World.Table;
import io.raddle.schedule.simulation.World.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be true of the actions of a core, whatever happens; a breach ends the run. */
final class Rules {
    private final World world;
    private final Oracle oracle = new Oracle();
    private final Map<JobId, SimJob> running = new LinkedHashMap<>();
    private final Set<JobId> cancelled = new LinkedHashSet<>();
    private final Map<AttemptId, List<Action.ShuffleInput>> reads = new LinkedHashMap<>();
    private final Set<AttemptId> killed = new LinkedHashSet<>();
    private final Set<AttemptId> reported = new LinkedHashSet<>();
    private final Set<AttemptId> discarded = new LinkedHashSet<>();
    private final Set<Task> updatesTaken = new LinkedHashSet<>();
    private final Map<Task, AttemptId> grants = new LinkedHashMap<>();
    private final Map<Task, AttemptId> standing = new LinkedHashMap<>();
    private final Map<Task, List<Integer>> results = new LinkedHashMap<>();
    private final Set<ShuffleId> dropped = new LinkedHashSet<>();
    private PlacementRules places;
    private LaunchRules launches;
    private int ended;

    Rules(World world) {
        this.world = world;
    }

    void submitted(SimJob job) {
        places.submitted(job);
        running.put(job.id(), job);
    }

    int ended() {
        return ended;
    }

    boolean runs(JobId job) {
        return running.containsKey(job);
    }

    Set<JobId> running() {
        return running.keySet();
    }

    void watches(CoreAudit audit, Settings settings) {
        places = new PlacementRules(world, audit, settings);
        launches = new LaunchRules(world, settings);
    }

    /** An event was taken in. */
    void watch(Event event) {
        places.watch(event);
        launches.watch(event, running.keySet());
        if (event instanceof Event.ExecutorLost lost && lost.cause() instanceof Cause.OutOfMemory) {
            outOfMemory(lost.executor());
        }
    }

    /** Whatever ran there, or was on its way and may have run, is blamed once. */
    private void outOfMemory(ExecutorId executor) {
        world.places.forEach((attempt, place) -> {
            if (place.equals(executor)) {
                world.ownFaults.merge(Task.of(attempt), 1, Integer::sum);
            }
        });
        world.places.values().removeIf(executor::equals);
    }

    /** All actions of a pass were done. */
    void settled() {
        places.settled();
        launches.settled(running.keySet());
    }

    void released(ExecutorId executor) {
        launches.released(executor);
    }

    void batch(Action.LaunchBatch batch) {
        places.batch(batch);
    }

    void launched(Action.Launch launch, ExecutorId executor) {
        AttemptId attempt = launch.attempt();
        places.launched(launch, executor, standing.get(Task.of(attempt)));
        require(reads.put(attempt, launch.inputs()) == null, attempt + " is launched twice");
        world.places.put(attempt, executor);
        require(
                launch.inputs().size() == world.stage(attempt).inputs.size()
                        || world.stage(attempt).cache.isPresent(),
                attempt + " is not told all tables that it reads");
        for (Action.ShuffleInput input : launch.inputs()) {
            List<AttemptId> table = world.tables.get(new Table(input.shuffle(), input.epoch()));
            require(table != null, attempt + " is to read " + input + ", which was never published");
            require(
                    !world.tables.containsKey(new Table(input.shuffle(), input.epoch() + 1)),
                    attempt + " is to read " + input + ", which is out of date");
        }
        boolean result = world.stage(attempt).spec.output().isEmpty();
        require(!result || !standing.containsKey(Task.of(attempt)), attempt + " runs though its result is there");
        require(
                world.stage(attempt).spec.output().isPresent()
                        || running.values().stream()
                                .anyMatch(job -> job.result().spec.id().equals(attempt.stage())),
                attempt + " is launched for a job that does not run");
    }

    void reported(AttemptId attempt) {
        reported.add(attempt);
        world.places.remove(attempt);
    }

    void killed(AttemptId attempt) {
        killed.add(attempt);
        world.places.remove(attempt);
    }

    void granted(Action.GrantCommit action) {
        AttemptId attempt = action.attempt();
        AttemptId before = grants.put(Task.of(attempt), attempt);
        require(
                before == null || before.equals(attempt) || isOver(before),
                attempt + " may commit although " + before + " may too");
        require(!standing.containsKey(Task.of(attempt)), attempt + " may commit what is committed");
    }

    /** Whether nobody can do anything in the name of this attempt any more. */
    private boolean isOver(AttemptId attempt) {
        return reported.contains(attempt)
                || world.executors.values().stream()
                        .noneMatch(executor -> executor.isBelievedAlive() && executor.isCommitting(attempt));
    }

    void denied(Action.DenyCommit action) {
        AttemptId standingGrant = grants.get(Task.of(action.attempt()));
        boolean current =
                action.attempt().equals(standingGrant) && !isOver(standingGrant) && !killed.contains(action.attempt());
        require(!current, action.attempt() + " may commit and may not");
    }

    void published(Action.PublishMapOutputs action) {
        places.published(action.shuffle());
        Table table = new Table(action.shuffle(), action.epoch());
        List<AttemptId> before = world.tables.get(table);
        require(before == null, table + " is published twice");
        for (int map = 0; map < action.rows().size(); map++) {
            AttemptId row = action.rows().get(map);
            require(row.partition() == map, table + " has rows in the wrong order");
            require(world.rows.containsKey(row), table + " names " + row + ", which wrote nothing");
            require(!discarded.contains(row), table + " names " + row + ", which was discarded");
            require(row.equals(standing.get(Task.of(row))), table + " names " + row + ", which was not accepted last");
        }
        require(!dropped.contains(action.shuffle()), action.shuffle() + " is published after it was dropped");
        action.rows().stream().findFirst().ifPresent(row -> readSameRows(world.stage(row)));
    }

    /** Of an input that would not be computed again alike, all tasks of a stage have read the same rows. */
    private void readSameRows(SimStage stage) {
        for (int i = 0; i < stage.inputs.size(); i++) {
            if (stage.inputs.get(i).spec.recomputation() == Recomputation.REPEATS) {
                continue;
            }
            Set<List<AttemptId>> tables = new LinkedHashSet<>();
            for (int task = 0; task < stage.spec.tasks(); task++) {
                int partition = stage.spec.partitions().partition(task);
                AttemptId attempt = standing.get(new Task(stage.spec.id(), partition));
                Action.ShuffleInput input = reads.get(attempt).get(i);
                tables.add(world.tables.get(new Table(input.shuffle(), input.epoch())));
            }
            require(tables.size() <= 1, stage.spec.id() + " has read a mix of " + tables);
        }
    }

    void dropped(ShuffleId shuffle) {
        require(dropped.add(shuffle), shuffle + " is dropped twice");
        require(
                running.values().stream()
                        .flatMap(job -> job.stages().stream())
                        .noneMatch(stage -> stage.spec.output().equals(Optional.of(shuffle))),
                shuffle + " is dropped under a running job");
    }

    void blocksDropped(Action.DropBlocks action) {
        if (action.forGood()) {
            storageFreed(action.storage());
        }
    }

    void copiesAreMade(List<SimCache> caches) {
        places.copiesAreMade(caches);
    }

    void copies(Action.CopyBlock action) {
        places.copies(action);
    }

    void storageFreed(int storage) {
        require(world.releasedStorages.contains(storage), "storage " + storage + " is let go under its users");
    }

    void acceptedUpdates(AttemptId attempt) {
        require(updatesTaken.add(Task.of(attempt)), "updates of " + attempt + " are taken in a second time");
    }

    void acceptedOutputOnly(AttemptId attempt) {
        require(updatesTaken.contains(Task.of(attempt)), "updates of " + attempt + " are never taken in");
    }

    void acceptedOutput(AttemptId attempt, List<Integer> records) {
        require(records != null, attempt + " is accepted but brought nothing");
        require(!discarded.contains(attempt), attempt + " is accepted after it was discarded");
        standing.put(Task.of(attempt), attempt);
        results.put(Task.of(attempt), records);
    }

    /** A value was lost on its way; answers whether anybody still cares. */
    boolean resultLost(AttemptId attempt) {
        boolean matters =
                running.values().stream().anyMatch(job -> job.result().spec.id().equals(attempt.stage()));
        if (matters) {
            standing.remove(Task.of(attempt));
            results.remove(Task.of(attempt));
        }
        return matters;
    }

    void discarded(AttemptId attempt) {
        require(
                !attempt.equals(standing.get(Task.of(attempt))) || isReplaced(attempt),
                attempt + " stands and is discarded");
        discarded.add(attempt);
    }

    /** A row that was lost may be discarded when its report comes again. */
    private boolean isReplaced(AttemptId attempt) {
        return world.stage(attempt).spec.output().isPresent() || !runsFor(attempt);
    }

    private boolean runsFor(AttemptId attempt) {
        return running.values().stream().anyMatch(job -> job.result().spec.id().equals(attempt.stage()));
    }

    void cancelled(JobId job) {
        cancelled.add(job);
    }

    void completed(JobId id) {
        SimJob job = end(id);
        require(!job.poisoned(), id + " succeeds although one of its tasks always throws");
        List<List<Integer>> got = new ArrayList<>();
        SimStage result = job.result();
        for (int task = 0; task < result.spec.tasks(); task++) {
            Task key = new Task(result.spec.id(), result.spec.partitions().partition(task));
            List<Integer> records = result.commits() ? world.published.get(key) : results.get(key);
            require(records != null, id + " succeeds without the result of " + key);
            require(updatesTaken.contains(key), "updates of " + key + " are not taken in");
            got.add(records);
        }
        readSameRows(result);
        List<List<Integer>> wanted = oracle.answer(job);
        require(Oracle.agree(result, wanted, got), id + " answers " + got + " where " + wanted + " is right");
    }

    void failed(JobId id, Cause cause) {
        SimJob job = end(id);
        require(mayFail(job, cause), id + " fails without need: " + cause);
    }

    private SimJob end(JobId id) {
        SimJob job = running.remove(id);
        require(job != null, id + " ends twice");
        ended++;
        return job;
    }

    private boolean mayFail(SimJob job, Cause cause) {
        if (cause instanceof Cause.TaskFailed failed) {
            int faults = world.ownFaults.getOrDefault(new Task(new StageId(failed.stage()), failed.partition()), 0);
            int limit = world.stages.get(new StageId(failed.stage())).spec.maxAttempts();
            return failed.last().taskFault() && failed.attempts() == limit && faults >= limit;
        } else if (cause instanceof Cause.FetchFailed) {
            return job.stages().stream().anyMatch(stage -> world.fetchFailures.getOrDefault(stage.spec.id(), 0) >= 4);
        } else if (cause instanceof Cause.ResultsDiffer) {
            return job.stages().stream().anyMatch(stage -> stage.deal != SimStage.Deal.BY_VALUE)
                    && resultWasHandedOut(job.result());
        } else if (cause instanceof Cause.CommitInDoubt) {
            return job.stages().stream().anyMatch(SimStage::commits)
                    && (job.result().spec.publication() == Publication.SINGLE_COMMIT || someoneIsSilent());
        } else if (cause instanceof Cause.LaunchFailed) {
            return launches.areHopeless();
        }
        return cause instanceof Cause.Cancelled && cancelled.contains(job.id());
    }

    private boolean resultWasHandedOut(SimStage result) {
        return updatesTaken.stream().anyMatch(task -> task.stage().equals(result.spec.id()))
                || grants.keySet().stream().anyMatch(task -> task.stage().equals(result.spec.id()));
    }

    private boolean someoneIsSilent() {
        return world.faults.containsKey(Fault.SILENCE_AND_RETURN)
                || world.faults.containsKey(Fault.COMMITTER_SILENT)
                || world.faults.containsKey(Fault.SILENT_DEATH);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
