package io.raddle.schedule;

import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All stages that can still be asked for, by id and by the shuffle that they write. */
final class Stages {
    private final Map<StageId, Stage> byId = new LinkedHashMap<>();
    private final Map<ShuffleId, Stage> byShuffle = new LinkedHashMap<>();

    void add(Stage stage) {
        if (byId.putIfAbsent(stage.id(), stage) != null) {
            throw new IllegalStateException(stage + " exists already");
        }
        stage.spec.output().ifPresent(shuffle -> byShuffle.put(shuffle, stage));
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
        stage.spec.output().ifPresent(byShuffle::remove);
        stage.unlink();
    }

    Collection<Stage> all() {
        return byId.values();
    }
}
