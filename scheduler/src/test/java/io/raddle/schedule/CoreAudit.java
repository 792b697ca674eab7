package io.raddle.schedule;

import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import io.raddle.schedule.SchedulerCore.Inside;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks that the parts of a core agree with each other. May be asked after any event and after any placement pass. */
public final class CoreAudit {
    private final Inside inside;
    private final Settings settings;

    public CoreAudit(SchedulerCore core, Settings settings) {
        inside = core.inside();
        this.settings = settings;
    }

    /** What must hold after every event. */
    public void afterEvent() {
        inside.stages().all().forEach(this::stage);
        inside.executors().all().forEach(this::executor);
        inside.blocks()
                .forEach((block, holder) ->
                        require(holder.isHeard(), block + " is expected at " + holder + ", which is not heard"));
        Map<Pool, Integer> underWay = new LinkedHashMap<>();
        inside.executors().all().stream()
                .flatMap(executor -> executor.attempts().stream())
                .forEach(attempt -> underWay.merge(attempt.stage.pool(), 1, Integer::sum));
        inside.stages()
                .all()
                .forEach(stage -> require(
                        stage.pool().underWay() == underWay.getOrDefault(stage.pool(), 0),
                        stage.pool() + " miscounts its attempts"));
        int onExecutors =
                inside.executors().all().stream().mapToInt(Executor::underWay).sum();
        require(onExecutors == inside.attempts().underWay(), "executors hold " + onExecutors + " attempts");
    }

    /** What must hold after a placement pass: nobody idles beside work that it may do. */
    public void afterPass(long now) {
        List<Executor> idle = inside.executors().all().stream()
                .filter(executor -> executor.takesTasks() && executor.freeSlots() > 0)
                .toList();
        for (Stage stage : inside.stages().all()) {
            boolean hasWork = stage.life.is(StageState.RUNNING) && stage.tasks.count(TaskState.PENDING) > 0;
            boolean mayWait = stage.pending.hasPreferences() && now < stage.pending.anywhereFrom();
            require(
                    !hasWork || mayWait || idle.stream().noneMatch(executor -> mayTakeSome(stage, executor)),
                    idle + " idle although tasks of " + stage + " wait");
            require(!hasWork || allHaveAPlace(stage), "a task of " + stage + " is excluded everywhere");
        }
        for (Attempt slow : inside.speculation().slow()) {
            require(idle.stream().noneMatch(executor -> mayCompete(slow, executor)), idle + " idle beside " + slow);
        }
        int present = (int) inside.executors().all().stream()
                .filter(executor ->
                        executor.life.is(ExecutorState.ALLOCATED) || executor.life.is(ExecutorState.ATTACHED))
                .count();
        require(
                inside.demand().asked() <= Math.max(0, settings.maxExecutors() - present),
                "asks for more executors than the maximum");
        require(
                inside.demand().asked() >= settings.minExecutors() - present,
                "asks for fewer executors than the minimum");
        long patience = settings.commitPatience().plusSeconds(1).toNanos();
        require(inside.ledger().silentFor(patience, now).isEmpty(), "a commit is in doubt for too long");
    }

    /** What must hold after a tick: whatever runs for too long is found. */
    public void afterTick(long now) {
        for (Stage stage : inside.stages().all()) {
            TaskSet tasks = stage.tasks;
            long limit = settings.speculation().nanosOf(tasks.size(), tasks.count(TaskState.DONE), stage.runTimes);
            for (int task = 0; limit < Long.MAX_VALUE && task < tasks.size(); task++) {
                Attempt attempt = tasks.underWay(task);
                boolean alone = stage.life.is(StageState.RUNNING)
                        && tasks.state(task) == TaskState.RUNNING
                        && tasks.seconds() == 0;
                boolean slow = alone && attempt.hasBegun() && now - attempt.begunNanos() > limit;
                require(
                        !slow || inside.speculation().slow().contains(attempt),
                        attempt + " is slow and nobody notices");
            }
        }
    }

    private boolean mayCompete(Attempt slow, Executor executor) {
        TaskSet tasks = slow.stage.tasks;
        return slow.stage.life.is(StageState.RUNNING)
                && tasks.underWay(slow.task) == slow
                && tasks.state(slow.task) == TaskState.RUNNING
                && tasks.seconds() == 0
                && slow.executor != executor
                && inside.exclusions().admits(slow.stage, slow.task, executor);
    }

    /**
     * What must hold of the launches of a pass: no pool got a slot while another needed it more that had a task for any
     * executor.
     */
    public void areShared(List<Action> actions) {
        Map<Pool, Integer> launched = new LinkedHashMap<>();
        Map<Pool, Integer> inSlots = new LinkedHashMap<>();
        launches(actions).forEach(attempt -> {
            Pool pool = attempt.stage.pool();
            launched.merge(pool, 1, Integer::sum);
            if (attempt.hasBegun() && attempt.stage.tasks.underWay(attempt.task) == attempt) {
                inSlots.merge(pool, 1, Integer::sum);
            }
        });
        inSlots.forEach((pool, slots) -> {
            int beforeTheLast = pool.underWay() - launched.getOrDefault(pool, 0) + slots - 1;
            inside.stages().all().stream()
                    .filter(stage -> stage.pool() != pool && hasTasksForAnyone(stage))
                    .forEach(stage -> require(
                            !needs(stage.pool(), stage.pool().underWay(), pool, beforeTheLast),
                            pool + " got a slot though " + stage.pool() + " needed it"));
        });
    }

    /** Whether a pool with so many attempts needs a slot more than another with that many. */
    private static boolean needs(Pool pool, int attempts, Pool other, int ofOther) {
        boolean isShort = attempts < pool.terms().minimum();
        boolean otherIsShort = ofOther < other.terms().minimum();
        if (isShort != otherIsShort) {
            return isShort;
        }
        long part = isShort ? pool.terms().minimum() : pool.terms().weight();
        long otherPart = isShort ? other.terms().minimum() : other.terms().weight();
        return attempts * otherPart < ofOther * part;
    }

    private boolean hasTasksForAnyone(Stage stage) {
        return stage.life.is(StageState.RUNNING)
                && stage.tasks.count(TaskState.PENDING) > 0
                && !stage.pending.hasPreferences()
                && inside.exclusions().areNone();
    }

    private List<Attempt> launches(List<Action> actions) {
        List<Attempt> attempts = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.LaunchBatch batch) {
                for (Action.Launch launch : batch.launches()) {
                    AttemptId id = launch.attempt();
                    Stage stage = inside.stages().find(id.stage());
                    int task = stage.spec.partitions().task(id.partition());
                    attempts.add(stage.tasks.underWay(task, id.attempt()));
                }
            }
        }
        return attempts;
    }

    private boolean mayTakeSome(Stage stage, Executor executor) {
        return pending(stage).anyMatch(task -> inside.exclusions().admits(stage, task, executor));
    }

    private boolean allHaveAPlace(Stage stage) {
        List<Executor> takers =
                inside.executors().all().stream().filter(Executor::takesTasks).toList();
        return takers.isEmpty()
                || pending(stage)
                        .allMatch(task -> takers.stream()
                                .anyMatch(taker -> inside.exclusions().admits(stage, task, taker)));
    }

    private static IntStream pending(Stage stage) {
        return IntStream.range(0, stage.tasks.size()).filter(task -> stage.tasks.state(task) == TaskState.PENDING);
    }

    /** Whether the attempt is where its task may run, or fails anywhere else just as well. */
    public boolean isAdmitted(AttemptId id, ExecutorId executor) {
        Stage stage = inside.stages().find(id.stage());
        return inside.exclusions()
                .admits(
                        stage,
                        stage.spec.partitions().task(id.partition()),
                        inside.executors().find(executor));
    }

    /** Whether the attempt runs beside an earlier one of its task. */
    public boolean competes(AttemptId id) {
        Stage stage = inside.stages().find(id.stage());
        return stage.tasks
                .second(stage.spec.partitions().task(id.partition()))
                .filter(second -> second.id.equals(id))
                .isPresent();
    }

    /** The attempts of a snapshot that the core has given up. */
    public List<AttemptId> unknown(ExecutorId executor, List<AttemptId> attempts) {
        return attempts.stream().filter(id -> !isUnderWay(executor, id)).toList();
    }

    private boolean isUnderWay(ExecutorId executor, AttemptId id) {
        Executor place = inside.executors().find(executor);
        return place != null && place.attempts().stream().anyMatch(attempt -> attempt.id.equals(id));
    }

    /** The blocks that the core believes an executor to hold. */
    public Set<Block> holds(ExecutorId id) {
        Set<Block> held = new LinkedHashSet<>();
        inside.blocks().forEach((block, holder) -> {
            if (holder.id.equals(id)) {
                held.add(block);
            }
        });
        return held;
    }

    /** The executors that the core believes to lend a block. */
    public List<ExecutorId> lenders(Block block) {
        return inside.blocks().lenders(block).stream()
                .map(executor -> executor.id)
                .toList();
    }

    /** State of an executor as the core sees it; GONE when it is not there any more. */
    public String state(ExecutorId id) {
        Executor executor = inside.executors().find(id);
        return executor == null
                ? ExecutorState.GONE.name()
                : executor.life.state().name();
    }

    /** Whether an executor at this host can be given tasks. */
    public boolean isAttachedAt(String host) {
        return inside.executors().all().stream()
                .anyMatch(executor -> executor.life.is(ExecutorState.ATTACHED)
                        && executor.node().host().equals(host));
    }

    /** What must hold when all jobs have ended. */
    public void atRest() {
        require(inside.jobs().running().isEmpty(), "jobs run");
        require(inside.attempts().underWay() == 0, "attempts are under way for nobody");
        require(!inside.ledger().anySilent(), "a grant waits for a silent executor");
        require(inside.stages().all().stream().noneMatch(Stage::isWanted), "a stage is wanted although no job runs");
    }

    private void stage(Stage stage) {
        long missing = stage.inputs.stream().filter(input -> !input.isDone()).count();
        require(missing == stage.missingInputs(), stage + " counts its missing inputs wrongly");
        require(!stage.life.is(StageState.RUNNING) || stage.isReady(), stage + " runs although an input is missing");
        require(!stage.life.is(StageState.WAITING) || !stage.isReady(), stage + " waits although nothing is missing");
        require(stage.isDone() == stage.tasks.allDone() || !stage.isDone(), stage + " is done before its tasks");
        require(!stage.isWanted() || !stage.tasks.allDone(), stage + " has no task left but is not done");
        int[] count = new int[TaskState.values().length];
        for (int task = 0; task < stage.tasks.size(); task++) {
            TaskState state = stage.tasks.state(task);
            count[state.ordinal()]++;
            Attempt attempt = stage.tasks.underWay(task);
            boolean active = state == TaskState.RUNNING || state == TaskState.COMMITTING;
            require((attempt != null) == active, stage + " has a task in state " + state + " with " + attempt);
            require(attempt == null || attempt.executor.attempts().contains(attempt), attempt + " is nowhere");
            require(state == TaskState.DONE == stage.tasks.winner(task) >= 0, stage + " has a wrong winner");
            require(
                    attempt == null || inside.ledger().holds(attempt) == (state == TaskState.COMMITTING),
                    attempt + " and its grant disagree");
            stage.tasks.second(task).ifPresent(second -> competes(second, attempt, state));
        }
        require(
                stage.tasks.seconds() <= Math.max(1, stage.tasks.size() / 10),
                stage + " has " + stage.tasks.seconds() + " second attempts");
        for (TaskState state : TaskState.values()) {
            require(count[state.ordinal()] == stage.tasks.count(state), stage + " miscounts " + state);
        }
        require(stage.isWanted() || stage.tasks.active() == 0, stage + " has attempts that nobody waits for");
    }

    private static void competes(Attempt second, @Nullable Attempt first, TaskState state) {
        require(state == TaskState.RUNNING, second + " competes with " + first + ", which is " + state);
        require(first != null && first.executor != second.executor, second + " competes where " + first + " runs");
        require(second.executor.attempts().contains(second), second + " is nowhere");
    }

    private void executor(Executor executor) {
        require(
                executor.underWay() <= executor.slots() + settings.queueLimit(),
                executor + " was given more than its slots and queue hold");
        int[] blocks = {0};
        inside.blocks().forEach((block, holder) -> blocks[0] += holder == executor ? 1 : 0);
        require(executor.kept() == blocks[0], executor + " keeps " + blocks[0] + " blocks, not " + executor.kept());
        for (Attempt attempt : executor.attempts()) {
            require(
                    attempt.stage.tasks.underWay(attempt.task, attempt.id.attempt()) == attempt,
                    attempt + " is not its task's");
            boolean kept =
                    !executor.life.is(ExecutorState.SILENT) || inside.ledger().holds(attempt);
            require(kept, attempt + " waits for a silent executor");
        }
    }

    /** How often each transition of each lifecycle was taken. */
    public SortedMap<String, Long> transitions() {
        return inside.census().transitions();
    }

    /** How often each event was late, doubled or otherwise worth counting. */
    public SortedMap<String, Long> notes() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Census.Note note : Census.Note.values()) {
            counts.put(note.name(), inside.census().count(note));
        }
        return counts;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
