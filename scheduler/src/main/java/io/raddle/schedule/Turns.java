package io.raddle.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whose turn it is to get a place, of the pools that have stages with tasks to place. */
final class Turns {
    private final Map<Pool, List<Stage>> stages = new LinkedHashMap<>();

    /** Stages in the order of their claim. */
    Turns(List<Stage> stages) {
        stages.forEach(stage -> this.stages
                .computeIfAbsent(stage.pool(), pool -> new ArrayList<>())
                .add(stage));
    }

    /** Whether more than one pool wants places. */
    boolean areShared() {
        return stages.size() > 1;
    }

    /** The pool that should get the next place. */
    Optional<Pool> next() {
        return stages.keySet().stream().min(Pool.BY_NEED);
    }

    /** Its stages in the order of their claim. */
    List<Stage> stages(Pool pool) {
        return Objects.requireNonNull(stages.get(pool));
    }

    /** No place that is left is good for any task of this pool. */
    void pass(Pool pool) {
        stages.remove(pool);
    }
}
