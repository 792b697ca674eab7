package io.raddle.schedule;

import io.raddle.id.AttemptId;
import io.raddle.schedule.Lifecycles.StageState;
import java.util.ArrayList;
import java.util.List;

/** Begins and ends attempts: the one place where task, executor, grant and openings change together. */
final class Attempts {
    /** Of a block, that one task is told; with more to ask it would not find it sooner. */
    private static final int MAX_HOLDERS = 4;

    private final Settings settings;
    private final Executors executors;
    private final Openings openings;
    private final CommitLedger ledger;
    private final BlockIndex blocks;
    private final List<Action> outbox;
    private int underWay;

    Attempts(
            Settings settings,
            Executors executors,
            Openings openings,
            CommitLedger ledger,
            BlockIndex blocks,
            List<Action> outbox) {
        this.settings = settings;
        this.executors = executors;
        this.openings = openings;
        this.ledger = ledger;
        this.blocks = blocks;
        this.outbox = outbox;
    }

    int underWay() {
        return underWay;
    }

    Action.Launch start(Stage stage, int task, Executor executor, long now) {
        AttemptId id = new AttemptId(
                settings.driverEpoch(),
                stage.id(),
                stage.spec.partitions().partition(task),
                stage.tasks.attemptsMade(task));
        Attempt attempt = new Attempt(id, stage, task, executor, now);
        stage.tasks.launch(attempt);
        stage.launched();
        executor.add(attempt);
        underWay++;
        int outputEpoch = stage.outputs.map(MapOutputs::epoch).orElse(0);
        return new Action.Launch(id, stage.reads(), outputEpoch, elsewhere(stage, task, executor));
    }

    private List<Action.KeptElsewhere> elsewhere(Stage stage, int task, Executor executor) {
        List<Action.KeptElsewhere> found = new ArrayList<>();
        for (Block block : stage.spec.kept().asked(task)) {
            List<Executor> holders = blocks.lenders(block);
            if (!holders.isEmpty() && !holders.contains(executor)) {
                found.add(new Action.KeptElsewhere(
                        block,
                        holders.stream()
                                .limit(MAX_HOLDERS)
                                .map(holder -> holder.id)
                                .toList()));
            }
        }
        return found;
    }

    /** The attempt won; answers whether this is the first payload of its partition ever. */
    boolean succeed(Attempt attempt, long now) {
        leave(attempt, now);
        return attempt.stage.tasks.succeed(attempt);
    }

    /** The attempt is over without an output; its task waits for another. */
    void withdraw(Attempt attempt, long now) {
        leave(attempt, now);
        Stage stage = attempt.stage;
        stage.tasks.giveUp(attempt);
        reopen(stage, attempt.task);
    }

    /** Withdraws it and tells its executor to stop. */
    void kill(Attempt attempt, String reason, long now) {
        outbox.add(new Action.KillTask(attempt.executor.id, attempt.id, reason));
        withdraw(attempt, now);
    }

    void killAll(Stage stage, String reason, long now) {
        for (int task = 0; task < stage.tasks.size(); task++) {
            Attempt attempt = stage.tasks.underWay(task);
            if (attempt != null) {
                kill(attempt, reason, now);
            }
        }
    }

    /** The task is pending again. */
    void reopen(Stage stage, int task) {
        if (stage.life.is(StageState.RUNNING)) {
            stage.pending.add(task, executors::canMeet);
            openings.tasksIn(stage);
        }
    }

    private void leave(Attempt attempt, long now) {
        underWay--;
        attempt.executor.remove(attempt, now);
        ledger.settle(attempt);
        openings.roomAt(attempt.executor);
    }
}
