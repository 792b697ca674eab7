package io.raddle.schedule.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes a job on one thread, without failures. */
final class Oracle {
    private final Map<SimStage, List<List<Integer>>> known = new LinkedHashMap<>();

    /** The records of each task of the result stage, in the order of its tasks. */
    List<List<Integer>> answer(SimJob job) {
        List<List<Integer>> records = List.of();
        for (SimStage stage : job.stages()) {
            records = known.computeIfAbsent(stage, this::compute);
        }
        return records;
    }

    private List<List<Integer>> compute(SimStage stage) {
        List<List<Integer>> each = new ArrayList<>();
        for (int task = 0; task < stage.spec.tasks(); task++) {
            int partition = stage.spec.partitions().partition(task);
            SimStage reader = stage.cache.map(SimCache::maker).orElse(stage);
            List<Integer> in = reader.isSource() ? reader.source(partition) : read(reader, partition);
            each.add(stage.apply(stage.cache.isPresent() ? reader.apply(in) : in));
        }
        return each;
    }

    private List<Integer> read(SimStage stage, int partition) {
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < stage.inputs.size(); i++) {
            int wanted = stage.reads(i, partition);
            if (wanted >= 0) {
                in.addAll(written(stage.inputs.get(i), wanted));
            }
        }
        return in;
    }

    private List<Integer> written(SimStage input, int partition) {
        List<Integer> records = new ArrayList<>();
        List<List<Integer>> tasks = known.get(input);
        for (int map = 0; map < tasks.size(); map++) {
            records.addAll(input.deal(tasks.get(map), map, new Chance(map)).get(partition));
        }
        return records;
    }

    /** Whether these are the records that the job asked for. */
    static boolean agree(SimStage result, List<List<Integer>> wanted, List<List<Integer>> got) {
        if (result.hasFixedPartitions()) {
            return sortedEach(wanted).equals(sortedEach(got));
        }
        return sortedAll(wanted).equals(sortedAll(got));
    }

    private static List<List<Integer>> sortedEach(List<List<Integer>> partitions) {
        return partitions.stream()
                .map(partition -> partition.stream().sorted().toList())
                .toList();
    }

    private static List<Integer> sortedAll(List<List<Integer>> partitions) {
        List<Integer> all = new ArrayList<>();
        partitions.forEach(all::addAll);
        Collections.sort(all);
        return all;
    }
}
