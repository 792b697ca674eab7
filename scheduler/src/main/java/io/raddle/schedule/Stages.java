package io.raddle.schedule;

import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All stages that can still be asked for, by id and by the shuffle that they write. */
final class Stages {
    private final Map<StageId, Stage> byId = new LinkedHashMap<>();
    private final Map<ShuffleId, Stage> byShuffle = new LinkedHashMap<>();

    /** Those that may do without some input. */
    private final Set<Stage> deferring = new LinkedHashSet<>();

    void add(Stage stage) {
        if (byId.putIfAbsent(stage.id(), stage) != null) {
            throw new IllegalStateException(stage + " exists already");
        }
        stage.spec.output().ifPresent(shuffle -> byShuffle.put(shuffle, stage));
        if (stage.mayDefer()) {
            deferring.add(stage);
        }
    }

    Collection<Stage> deferring() {
        return deferring;
    }

    @Nullable
    Stage find(StageId id) {
        return byId.get(id);
    }

    @Nullable
    Stage writing(ShuffleId shuffle) {
        return byShuffle.get(shuffle);
    }

    void remove(Stage stage) {
        byId.remove(stage.id());
        deferring.remove(stage);
        stage.spec.output().ifPresent(byShuffle::remove);
        stage.unlink();
    }

    Collection<Stage> all() {
        return byId.values();
    }
}
