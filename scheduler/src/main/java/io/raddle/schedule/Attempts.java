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
        Attempt attempt = next(stage, task, executor, now);
        stage.tasks.launch(attempt);
        return launched(attempt);
    }

    /** Starts another attempt beside this one; the first of them to end well, or to be allowed to publish, ends the other. */
    Action.Launch compete(Attempt first, Executor executor, long now) {
        Attempt attempt = next(first.stage, first.task, executor, now);
        first.stage.tasks.launchSecond(attempt);
        return launched(attempt);
    }

    private Attempt next(Stage stage, int task, Executor executor, long now) {
        AttemptId id = new AttemptId(
                settings.driverEpoch(),
                stage.id(),
                stage.spec.partitions().partition(task),
                stage.tasks.attemptsMade(task));
        return new Attempt(id, stage, task, executor, now);
    }

    private Action.Launch launched(Attempt attempt) {
        Stage stage = attempt.stage;
        stage.launched();
        attempt.executor.add(attempt);
        stage.pool().began();
        underWay++;
        int outputEpoch = stage.outputs.map(MapOutputs::epoch).orElse(0);
        return new Action.Launch(
                attempt.id, stage.reads(), outputEpoch, elsewhere(stage, attempt.task, attempt.executor));
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
        killRival(attempt, now);
        leave(attempt, now);
        return attempt.stage.tasks.succeed(attempt);
    }

    /** The attempt is over without an output; its task waits for another, unless there is one that competes. */
    void withdraw(Attempt attempt, long now) {
        leave(attempt, now);
        Stage stage = attempt.stage;
        if (stage.tasks.giveUp(attempt)) {
            reopen(stage, attempt.task);
        }
    }

    /** Nobody but this attempt may bring its task to an end. */
    void killRival(Attempt attempt, long now) {
        attempt.stage.tasks.rival(attempt).ifPresent(rival -> kill(rival, "another attempt was faster", now));
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
                stage.tasks.second(task).ifPresent(second -> kill(second, reason, now));
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
        attempt.stage.pool().ended();
        attempt.executor.remove(attempt, now);
        ledger.settle(attempt);
        openings.roomAt(attempt.executor);
    }
}
