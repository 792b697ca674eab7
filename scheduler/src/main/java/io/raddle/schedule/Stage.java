package io.raddle.schedule;

import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.schedule.Action.ShuffleInput;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One stage: its tasks, its neighbours in the graph and, for a map stage, its outputs. */
final class Stage {
    private static final double WEIGHT_OF_LATEST = 0.2;
    private static final int UNKNOWN = -1;

    final StageSpec spec;
    /** The job that brought it; earlier jobs come first. */
    final int firstJob;

    final TaskSet tasks;
    final PendingTasks pending;
    final Optional<MapOutputs> outputs;
    final RunTimes runTimes = new RunTimes();
    final Life<StageState> life;
    final List<Stage> inputs;
    final List<Stage> consumers = new ArrayList<>();
    private final BlockIndex blocks;
    private Pool pool = new Pool(JobPool.DEFAULT);
    /** How many inputs are not complete. */
    private int missingInputs;
    /** Jobs that run and may need it. */
    private int jobs;

    private boolean begun;
    private boolean released;
    private int rounds;
    private int fruitlessRounds;
    private int lastFruitlessRound;
    private boolean tainted;
    private double meanRunNanos = UNKNOWN;
    /** Empty when it must be made anew. */
    private Optional<List<ShuffleInput>> reads = Optional.empty();

    private long startedNanos;
    private long endedNanos;

    Stage(StageSpec spec, int firstJob, List<Stage> inputs, BlockIndex blocks, Settings settings, Census census) {
        this.spec = spec;
        this.firstJob = firstJob;
        this.inputs = List.copyOf(inputs);
        this.blocks = blocks;
        tasks = new TaskSet(spec.id(), spec.tasks(), census);
        pending = new PendingTasks(spec, tasks, blocks, settings.localityWait().toNanos());
        outputs = spec.output().map(shuffle -> new MapOutputs(shuffle, spec.tasks()));
        life = new Life<>(Lifecycles.STAGE, spec.id(), StageState.IDLE);
        for (Stage input : inputs) {
            input.consumers.add(this);
            missingInputs += input.isDone() ? 0 : 1;
        }
    }

    StageId id() {
        return spec.id();
    }

    boolean isDone() {
        return life.is(StageState.DONE);
    }

    /** Whether a running job waits for it. */
    boolean isWanted() {
        return life.is(StageState.WAITING) || life.is(StageState.RUNNING);
    }

    boolean isResult() {
        return outputs.isEmpty();
    }

    /** Whether its tasks can run: all inputs are complete, or those that are not can be done without. */
    boolean isReady() {
        return missingInputs == 0
                || (inputs.stream().allMatch(input -> input.isDone() || defers(input)) && isCovered());
    }

    /** Whether it could do without some input if its blocks were held. */
    boolean mayDefer() {
        return !spec.deferrable().isEmpty();
    }

    private boolean defers(Stage input) {
        return spec.deferrable().contains(input.spec.output().orElseThrow());
    }

    /** Whether it cannot do without this input as things are. */
    boolean wants(Stage input) {
        return !mayDefer() || !defers(input) || !isCovered();
    }

    /** Whether every task that is not done finds a block for all that it would compute from deferrable inputs. */
    private boolean isCovered() {
        for (int task = 0; task < tasks.size(); task++) {
            if (tasks.state(task) != TaskState.DONE
                    && !spec.blocks().get(task).stream().allMatch(blocks::isHeld)) {
                return false;
            }
        }
        return true;
    }

    int missingInputs() {
        return missingInputs;
    }

    void inputCompleted() {
        missingInputs--;
        reads = Optional.empty();
    }

    void inputLost() {
        missingInputs++;
        reads = Optional.empty();
    }

    void enter(Pool entered) {
        pool = entered;
    }

    /** Whose part of the executors its tasks take. */
    Pool pool() {
        return pool;
    }

    void joined() {
        jobs++;
    }

    void left() {
        jobs--;
    }

    boolean isUsed() {
        return jobs > 0;
    }

    void release() {
        released = true;
    }

    boolean isReleased() {
        return released;
    }

    /** Whether any task was launched since its inputs were last rolled back. */
    boolean hasBegun() {
        return begun;
    }

    void rolledBack() {
        begun = false;
        tainted = false;
    }

    /** Rows were lost that would come back with other records than its consumers read. */
    void taint() {
        tainted = true;
    }

    boolean isTainted() {
        return tainted;
    }

    void launched() {
        begun = true;
    }

    boolean hasPublished() {
        return tasks.count(TaskState.DONE) + tasks.count(TaskState.COMMITTING) > 0;
    }

    /** Its tasks may be placed from now on, reading the tables that stand now. */
    void start(long now) {
        rounds++;
        startedNanos = now;
        endedNanos = 0;
        reads = Optional.empty();
    }

    void end(long now) {
        endedNanos = now;
    }

    /** The tables of the inputs that are complete. */
    List<ShuffleInput> reads() {
        if (reads.isEmpty()) {
            reads = Optional.of(inputs.stream()
                    .filter(Stage::isDone)
                    .map(input -> input.outputs.orElseThrow())
                    .map(table -> new ShuffleInput(table.shuffle, table.epoch()))
                    .toList());
        }
        return reads.get();
    }

    int rounds() {
        return rounds;
    }

    long startedNanos() {
        return startedNanos;
    }

    long endedNanos() {
        return endedNanos;
    }

    /** Counts a time that inputs were lost under it, once per start; answers how many there were in a row. */
    int fruitlessRound() {
        if (rounds > lastFruitlessRound) {
            lastFruitlessRound = rounds;
            fruitlessRounds++;
        }
        return fruitlessRounds;
    }

    void progressed(long runNanos) {
        fruitlessRounds = 0;
        runTimes.add(runNanos);
        meanRunNanos = meanRunNanos == UNKNOWN ? runNanos : meanRunNanos + WEIGHT_OF_LATEST * (runNanos - meanRunNanos);
    }

    /** How many of its tasks fill this time on one slot; 0 until the first has ended. */
    int tasksWithin(long nanos, int most) {
        if (meanRunNanos == UNKNOWN) {
            return 0;
        }
        return (int) Math.min(most, nanos / Math.max(1, meanRunNanos));
    }

    /** The map output that stands for each row. */
    List<AttemptId> rows(int driverEpoch) {
        List<AttemptId> rows = new ArrayList<>(tasks.size());
        for (int task = 0; task < tasks.size(); task++) {
            rows.add(new AttemptId(driverEpoch, id(), spec.partitions().partition(task), tasks.winner(task)));
        }
        return rows;
    }

    void unlink() {
        inputs.forEach(input -> input.consumers.remove(this));
    }

    @Override
    public String toString() {
        return id().toString();
    }
}
