package io.raddle.schedule;

import io.raddle.id.AttemptId;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.Lifecycles.ExecutorState;
import java.util.List;

/** Parts of a core, for tests of one of them alone. */
final class Parts {
    static final Census CENSUS = new Census();

    private Parts() {}

    static Stage stage(StageSpec spec, Stage... inputs) {
        return new Stage(spec, 1, List.of(inputs), new BlockIndex(), Bench.SETTINGS, CENSUS);
    }

    /** An executor that was granted on the node of its number and not heard of. */
    static Executor executor(int number) {
        return new Executor(Bench.executor(number), Bench.node(number), 0);
    }

    /** An executor that takes tasks, on the node of its number in a rack. */
    static Executor attached(int number, String rack, int slots) {
        Executor executor = executor(number);
        executor.attached(new Event.ExecutorAttached(
                executor.id, 1, executor.node(), rack, slots, OutputLife.WITH_NODE, Snapshot.EMPTY));
        executor.life.become(ExecutorState.ATTACHED, CENSUS);
        return executor;
    }

    /** The next attempt at a task, begun. */
    static Attempt begin(Stage stage, int task, Executor at, long now) {
        AttemptId id = Bench.attempt(stage.id().number(), task, stage.tasks.attemptsMade(task));
        Attempt attempt = new Attempt(id, stage, task, at, now);
        stage.tasks.launch(attempt);
        at.add(attempt);
        return attempt;
    }
}
