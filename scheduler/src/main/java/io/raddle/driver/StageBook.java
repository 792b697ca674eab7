package io.raddle.driver;

import io.raddle.id.AttemptId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.plan.Stage;
import io.raddle.proto.Artifact;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stages that attempts may still be launched of, by their id, and the names of those that were. Belongs to the
 * driver's thread.
 */
final class StageBook {
    private static final int NAMES = 1000;

    private final Map<StageId, Entry> entries = new HashMap<>();
    private final Map<ShuffleId, StageId> writers = new HashMap<>();
    private final Map<StageId, String> names = new LinkedHashMap<>();

    /** A stage, its tasks by partition, and its plan where executors can fetch it. */
    record Entry(StageId id, Stage stage, Map<Integer, Stage.Task> tasks, Artifact plan) {
        Stage.Task task(int partition) {
            return Optional.ofNullable(tasks.get(partition))
                    .orElseThrow(() -> new IllegalStateException(id + " has no partition " + partition));
        }
    }

    void add(Entry entry) {
        entries.put(entry.id(), entry);
        entry.stage().output().ifPresent(shuffle -> writers.put(shuffle, entry.id()));
        names.put(entry.id(), entry.stage().name());
        if (names.size() > NAMES) {
            names.remove(names.keySet().iterator().next());
        }
    }

    Entry of(AttemptId attempt) {
        Entry entry = entries.get(attempt.stage());
        if (entry == null) {
            throw new IllegalStateException(attempt + " is of a stage that is no more");
        }
        return entry;
    }

    Optional<Entry> find(StageId stage) {
        return Optional.ofNullable(entries.get(stage));
    }

    Optional<Entry> remove(StageId stage) {
        return Optional.ofNullable(entries.remove(stage));
    }

    Optional<Entry> removeWriter(ShuffleId shuffle) {
        return Optional.ofNullable(writers.remove(shuffle)).flatMap(this::remove);
    }

    String name(StageId stage) {
        return names.getOrDefault(stage, stage.toString());
    }
}
