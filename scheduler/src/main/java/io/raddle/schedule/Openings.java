package io.raddle.schedule;

import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changed since the last placement pass: executors that regained room and stages that have tasks to place, first in
 * first out by job. Keeps a pass from looking at what cannot have changed.
 */
final class Openings {
    private final NavigableSet<Stage> stages = new TreeSet<>(
            Comparator.<Stage>comparingInt(stage -> stage.firstJob).thenComparing(Stage::id));
    private final Set<Executor> fresh = new LinkedHashSet<>();
    private boolean offerAll;
    private long version;

    /** The executor has room that it did not have. */
    void roomAt(Executor executor) {
        fresh.add(executor);
    }

    /** The stage has pending tasks that any executor may take. */
    void tasksIn(Stage stage) {
        if (stage.life.is(StageState.RUNNING) && stages.add(stage)) {
            version++;
        }
        offerAll = true;
    }

    /** None of its tasks may be placed any more. */
    void close(Stage stage) {
        if (stages.remove(stage)) {
            version++;
        }
    }

    /** Waiting tasks may have become less choosy. */
    void offerAll() {
        offerAll = true;
    }

    /** Grows with every change of the set of stages. */
    long version() {
        return version;
    }

    /** Stages with tasks to place, in the order of their claim within a pool. */
    List<Stage> stages() {
        stages.removeIf(stage -> stage.tasks.count(TaskState.PENDING) == 0);
        return new ArrayList<>(stages);
    }

    /** Executors to offer to them now, and no longer fresh afterwards. */
    List<Executor> takeOffers(Collection<Executor> everyone) {
        List<Executor> offers = new ArrayList<>(fresh);
        if (offerAll) {
            for (Executor executor : everyone) {
                if (executor.freeSlots() > 0 && !fresh.contains(executor)) {
                    offers.add(executor);
                }
            }
        }
        fresh.clear();
        offerAll = false;
        offers.removeIf(executor -> !executor.takesTasks());
        return offers;
    }
}
