package io.raddle.schedule.simulation;

import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Block;
import io.raddle.schedule.JobPool;
import io.raddle.schedule.Partitions;
import io.raddle.schedule.Preference;
import io.raddle.schedule.StageSpec;
import io.raddle.schedule.StageSpec.Publication;
import io.raddle.schedule.simulation.SimStage.Deal;
import io.raddle.schedule.simulation.SimStage.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a random program: jobs over a growing graph of map stages that they share. */
final class Program {
    private static final int MAX_ATTEMPTS = 4;
    private static final List<JobPool> POOLS =
            List.of(JobPool.DEFAULT, new JobPool("heavy", 2, 0), new JobPool("quick", 1, 3));

    private final Chance chance;
    private final List<String> hosts;
    private final boolean gentle;
    private final List<SimStage> maps = new ArrayList<>();
    private final List<SimCache> caches = new ArrayList<>();
    private int nextStage = 1;

    /** A gentle program has only jobs that can succeed whatever is lost. */
    Program(Chance chance, List<String> hosts, boolean gentle) {
        this.chance = chance;
        this.hosts = hosts;
        this.gentle = gentle;
    }

    SimJob job(int number) {
        int wanted = chance.between(number == 1 ? 1 : 0, 3);
        for (int i = 0; i < wanted; i++) {
            maps.add(map());
        }
        SimStage result = stage(inputs(), Optional.empty());
        return new SimJob(new JobId(number), ancestry(result), chance.of(POOLS));
    }

    private SimStage map() {
        List<SimStage> inputs = chance.oneIn(3) ? List.of() : inputs();
        return stage(inputs, Optional.of(new ShuffleId(nextStage)));
    }

    private List<SimStage> inputs() {
        if (maps.isEmpty()) {
            return List.of();
        }
        List<SimStage> chosen = new ArrayList<>();
        chosen.add(maps.get(maps.size() - 1 - chance.below(Math.min(3, maps.size()))));
        if (chance.oneIn(2)) {
            SimStage other = chance.of(maps);
            if (!chosen.contains(other)) {
                chosen.add(other);
            }
        }
        return chosen;
    }

    /** What is kept must repeat: blocks of records that are rolled back are for the scripted tests. */
    private Optional<SimCache> cache(List<SimStage> inputs) {
        if (chance.percent(50)) {
            return Optional.empty();
        }
        // One that is not computed from a shuffle lets nothing be done without.
        if (!inputs.isEmpty()
                && inputs.stream().noneMatch(SimStage::mayBeRolledBack)
                && (caches.isEmpty() || chance.oneIn(2))) {
            SimStage maker = stage(inputs, Optional.empty(), Optional.empty());
            caches.add(new SimCache(caches.size(), maker, chance.between(1, 2)));
        }
        return caches.isEmpty() ? Optional.empty() : Optional.of(chance.of(caches));
    }

    private SimStage stage(List<SimStage> wished, Optional<ShuffleId> output) {
        Optional<SimCache> cache = cache(wished);
        return stage(cache.map(kept -> kept.maker().inputs).orElse(wished), output, cache);
    }

    private SimStage stage(List<SimStage> inputs, Optional<ShuffleId> output, Optional<SimCache> cache) {
        boolean sameWidth = inputs.stream().map(input -> input.width).distinct().count() <= 1;
        boolean union = cache.map(kept -> kept.maker().union)
                .orElseGet(() -> inputs.size() > 1 && (!sameWidth || chance.oneIn(3)));
        int tasks = cache.map(kept -> kept.maker().spec.tasks()).orElseGet(() -> tasks(inputs, union));
        boolean counts = !inputs.isEmpty() && inputs.stream().allMatch(input -> input.deal == Deal.BY_VALUE);
        Operation operation = chance.of(List.of(Operation.values()));
        if (operation == Operation.COUNT && !counts) {
            operation = Operation.FLAT_MAP;
        }
        Deal deal = output.isEmpty() || chance.percent(75)
                ? Deal.BY_VALUE
                : chance.oneIn(4) ? Deal.BY_CHANCE : Deal.BY_ORDER;
        StageSpec spec = new StageSpec(
                new StageId(nextStage++),
                inputs.stream().map(input -> input.spec.output().orElseThrow()).toList(),
                output,
                output.isEmpty() && tasks > 2 && (counts || inputs.isEmpty()) && chance.oneIn(5)
                        ? Partitions.of(0, tasks - 1)
                        : Partitions.dense(tasks),
                List.of(),
                SimStage.recomputation(deal, inputs.isEmpty()),
                output.isEmpty() ? publication() : Publication.NONE,
                MAX_ATTEMPTS);
        spec = spec.preferring(preferences(spec.tasks()));
        if (cache.isPresent()) {
            spec = spec.keeping(kept(spec, cache.get()));
        }
        int width = output.isEmpty() ? 0 : chance.between(1, 4);
        boolean poison = !gentle && chance.percent(spec.publication() == Publication.NONE ? 1.5 : 15);
        int poisoned = poison && tasks > 0 ? 0 : -1;
        int mean = chance.of(List.of(1, 10, 100, 1000, 3000));
        return new SimStage(
                spec,
                inputs,
                union,
                operation,
                chance.between(1, 9),
                deal,
                width,
                poisoned,
                chance.oneIn(2),
                mean,
                cache);
    }

    private static StageSpec.Kept kept(StageSpec spec, SimCache cache) {
        List<List<Block>> blocks = new ArrayList<>();
        for (int task = 0; task < spec.tasks(); task++) {
            blocks.add(List.of(cache.block(spec.partitions().partition(task))));
        }
        SortedMap<Integer, Integer> copies = new TreeMap<>();
        if (cache.copies() > 1) {
            copies.put(cache.storage(), cache.copies());
        }
        return new StageSpec.Kept(blocks, List.of(), spec.inputs(), List.of(cache.storage()), copies);
    }

    List<SimCache> caches() {
        return caches;
    }

    private int tasks(List<SimStage> inputs, boolean union) {
        if (inputs.isEmpty()) {
            return chance.oneIn(6) ? chance.between(20, 60) : chance.between(0, 6);
        }
        return union ? inputs.stream().mapToInt(input -> input.width).sum() : inputs.get(0).width;
    }

    private Publication publication() {
        if (chance.percent(70)) {
            return Publication.NONE;
        }
        return gentle || chance.oneIn(2) ? Publication.REPEATABLE_COMMIT : Publication.SINGLE_COMMIT;
    }

    private List<Preference> preferences(int tasks) {
        if (chance.percent(60)) {
            return List.of();
        }
        List<Preference> each = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            each.add(preference());
        }
        return each;
    }

    private Preference preference() {
        int kind = chance.below(6);
        if (kind == 0) {
            return Preference.NONE;
        }
        if (kind == 1) {
            return new Preference(List.of(new ExecutorId(chance.between(1, 4))), List.of(), List.of());
        }
        List<String> racks = kind == 2 ? List.of("rack" + chance.below(2)) : List.of();
        return new Preference(List.of(), List.of(chance.of(hosts), "nowhere"), racks);
    }

    private static List<SimStage> ancestry(SimStage result) {
        Set<SimStage> ordered = new LinkedHashSet<>();
        collect(result, ordered);
        return new ArrayList<>(ordered);
    }

    private static void collect(SimStage stage, Set<SimStage> ordered) {
        stage.inputs.forEach(input -> collect(input, ordered));
        ordered.add(stage);
    }
}
