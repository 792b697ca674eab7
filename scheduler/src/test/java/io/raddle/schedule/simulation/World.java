package io.raddle.schedule.simulation;

import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Block;
import io.raddle.schedule.Event.OutputLife;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What all parts of one run share: time, chance, what was written where, and what went wrong so far. */
final class World {
    /** A map output on some disk. */
    static final class Row {
        final ShuffleId shuffle;
        final int map;
        final List<List<Integer>> records;
        final SimExecutor writer;
        boolean lost;
        /** Somebody looked for it in vain, or its writer was said to have ended. */
        boolean missed;

        Row(ShuffleId shuffle, int map, List<List<Integer>> records, SimExecutor writer) {
            this.shuffle = shuffle;
            this.map = map;
            this.records = records;
            this.writer = writer;
        }
    }

    /** A published table. */
    record Table(ShuffleId shuffle, int epoch) {}

    /** A task of a stage, whatever the attempt. */
    record Task(StageId stage, int partition) {
        static Task of(AttemptId attempt) {
            return new Task(attempt.stage(), attempt.partition());
        }
    }

    final Timeline time = new Timeline();
    final Chance chance;
    final OutputLife outputLife;
    /** Hardly any container comes to anything here, until the world is healed. */
    final boolean barren;

    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    final Map<StageId, SimStage> stages = new LinkedHashMap<>();
    final Map<ExecutorId, SimExecutor> executors = new TreeMap<>();
    final Set<NodeId> deadNodes = new LinkedHashSet<>();
    final Map<AttemptId, Row> rows = new LinkedHashMap<>();
    final Map<Table, List<AttemptId>> tables = new LinkedHashMap<>();
    /** What commits made visible. */
    final Map<Task, List<Integer>> published = new LinkedHashMap<>();

    final Map<Task, Integer> timesPublished = new LinkedHashMap<>();
    /** Ends that were the task's own fault. */
    final Map<Task, Integer> ownFaults = new LinkedHashMap<>();

    /** Where attempts run, or will once their launch arrives, as far as the driver can know. */
    final Map<AttemptId, ExecutorId> places = new LinkedHashMap<>();

    /** Storages that nobody asks for any more. */
    final Set<Integer> releasedStorages = new LinkedHashSet<>();
    /** Blocks that a task could not read though somebody may hold them: nobody is known for them until he says so again. */
    final Set<Block> missedBlocks = new LinkedHashSet<>();

    /** Blocks that were evicted, refused or not found somewhere: nobody promises that they have as many holders as wished. */
    final Set<Block> disturbed = new LinkedHashSet<>();

    final Map<StageId, Integer> fetchFailures = new LinkedHashMap<>();

    private final double intensity;
    private final List<String> log = new ArrayList<>();
    private final boolean verbose;
    private boolean healed;

    World(long seed, boolean verbose) {
        chance = new Chance(seed);
        this.verbose = verbose;
        intensity = chance.of(List.of(0.3, 1.0, 1.0, 3.0));
        outputLife = chance.oneIn(3) ? OutputLife.WITH_EXECUTOR : OutputLife.WITH_NODE;
        barren = chance.oneIn(8);
    }

    /** Whether this fault happens here and now; never again once the world is healed. */
    boolean strikes(Fault fault, double percent) {
        if (healed || !chance.percent(percent * intensity)) {
            return false;
        }
        happened(fault);
        return true;
    }

    void happened(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
        log(() -> "FAULT " + fault);
    }

    void heal() {
        healed = true;
        log(() -> "HEALED");
    }

    boolean healed() {
        return healed;
    }

    void log(Supplier<String> line) {
        if (verbose) {
            log.add(String.format("%12.3f ms  %s", time.now() / 1e6, line.get()));
        }
    }

    List<String> log() {
        return log;
    }

    boolean readable(Row row) {
        return !row.lost
                && !deadNodes.contains(row.writer.node)
                && (outputLife == OutputLife.WITH_NODE || row.writer.isReachable());
    }

    SimStage stage(AttemptId attempt) {
        return stages.get(attempt.stage());
    }
}
