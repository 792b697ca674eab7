package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves stages through their lives: what is wanted, ready, done, lost or rolled back. Neighbours are reached through work
 * lists that {@link #advance} empties, never by recursion. What must fail is queued for {@link Jobs}.
 */
final class StageGraph {
    /** A stage that cannot go on, and why. */
    record Doom(Stage stage, Cause cause) {}

    private final Settings settings;
    private final Executors executors;
    private final Attempts attempts;
    private final Openings openings;
    private final BlockIndex blocks;
    private final Census census;
    private final List<Action> outbox;
    private final Deque<Stage> demands = new ArrayDeque<>();
    private final Deque<Stage> reviews = new ArrayDeque<>();
    private final Deque<Doom> dooms = new ArrayDeque<>();
    private final Deque<Stage> results = new ArrayDeque<>();

    StageGraph(
            Settings settings,
            Executors executors,
            Attempts attempts,
            Openings openings,
            BlockIndex blocks,
            Census census,
            List<Action> outbox) {
        this.settings = settings;
        this.executors = executors;
        this.attempts = attempts;
        this.openings = openings;
        this.blocks = blocks;
        this.census = census;
        this.outbox = outbox;
    }

    /** Somebody waits for this stage. */
    void demand(Stage stage) {
        demands.add(stage);
    }

    /** Something about this stage's tasks or inputs changed. */
    void review(Stage stage) {
        reviews.add(stage);
    }

    /** The jobs that wait for this stage must fail. */
    void doom(Stage stage, Cause cause) {
        dooms.add(new Doom(stage, cause));
    }

    Deque<Doom> dooms() {
        return dooms;
    }

    /** Result stages that are complete. */
    Deque<Stage> results() {
        return results;
    }

    /** Empties the work lists of demands and reviews. */
    void advance(long now) {
        while (!demands.isEmpty() || !reviews.isEmpty()) {
            if (!demands.isEmpty()) {
                meet(demands.remove(), now);
            } else {
                look(reviews.remove(), now);
            }
        }
    }

    private void meet(Stage stage, long now) {
        if (!stage.life.is(StageState.IDLE) || !isNeeded(stage)) {
            return;
        }
        if (stage.isTainted()) {
            rollBack(stage, now);
        }
        stage.tasks.forgive();
        stage.life.become(StageState.WAITING, census);
        for (Stage input : stage.inputs) {
            if (!input.isDone() && stage.wants(input)) {
                demands.add(input);
            }
        }
        reviews.add(stage);
    }

    private static boolean isNeeded(Stage stage) {
        return stage.isResult()
                ? stage.isUsed()
                : stage.consumers.stream().anyMatch(consumer -> consumer.isWanted() && consumer.wants(stage));
    }

    /** Blocks or tasks came or went: the inputs that this stage does without may be needed, or needed no more. */
    void reconsider(Stage stage) {
        if (!stage.isWanted() || !stage.mayDefer() || stage.missingInputs() == 0) {
            return;
        }
        for (Stage input : stage.inputs) {
            if (input.isWanted()) {
                reviews.add(input);
            } else if (!input.isDone() && stage.wants(input)) {
                demands.add(input);
            }
        }
        reviews.add(stage);
    }

    private void look(Stage stage, long now) {
        if (!stage.isWanted()) {
            return;
        }
        if (!isNeeded(stage)) {
            abandon(stage, now);
        } else if (stage.tasks.allDone()) {
            complete(stage, now);
        } else if (stage.isReady() && stage.life.is(StageState.WAITING)) {
            if (stage.missingInputs() > 0) {
                census.note(Note.INPUT_DEFERRED);
            }
            stage.life.become(StageState.RUNNING, census);
            stage.start(now);
            stage.pending.refill(executors::canMeet);
            stage.pending.startWaiting(now);
            openings.tasksIn(stage);
        } else if (!stage.isReady() && stage.life.is(StageState.RUNNING)) {
            openings.close(stage);
            stage.life.become(StageState.WAITING, census);
            stage.end(now);
        }
    }

    private void complete(Stage stage, long now) {
        openings.close(stage);
        stage.life.become(StageState.DONE, census);
        stage.end(now);
        stage.outputs.ifPresentOrElse(
                table -> outbox.add(
                        new Action.PublishMapOutputs(table.shuffle, table.epoch(), stage.rows(settings.driverEpoch()))),
                () -> results.add(stage));
        for (Stage consumer : stage.consumers) {
            consumer.inputCompleted();
            reviews.add(consumer);
        }
        lookAgainAtInputs(stage);
    }

    /** It may have been the last to wait for one that is being computed again. */
    private void lookAgainAtInputs(Stage stage) {
        stage.inputs.stream().filter(Stage::isWanted).forEach(reviews::add);
    }

    /** These rows of a map stage are nowhere to be read any more. */
    void lose(Stage stage, Collection<Integer> rows, long now) {
        List<Integer> standing = rows.stream()
                .filter(row -> stage.tasks.state(row) == TaskState.DONE)
                .toList();
        if (standing.isEmpty()) {
            return;
        }
        if (stage.spec.recomputation().mayDiffer() && stage.consumers.stream().anyMatch(Stage::hasBegun)) {
            stage.taint();
        }
        if (stage.isTainted() && (stage.isWanted() || isNeeded(stage))) {
            rollBack(stage, now);
            return;
        }
        MapOutputs table = stage.outputs.orElseThrow();
        for (int row : standing) {
            table.lose(row);
            stage.tasks.lose(row);
            attempts.reopen(stage, row);
        }
        incomplete(stage);
        reconsider(stage);
    }

    /** The value of a task that was done did not arrive. */
    void loseResult(Stage stage, int task) {
        stage.tasks.lose(task);
        attempts.reopen(stage, task);
        reconsider(stage);
    }

    private void incomplete(Stage stage) {
        if (stage.isDone()) {
            stage.life.become(StageState.IDLE, census);
            for (Stage consumer : stage.consumers) {
                consumer.inputLost();
                reviews.add(consumer);
            }
        }
        demands.add(stage);
    }

    /** All that was computed from the records that this stage put out is computed again, itself included. */
    private void rollBack(Stage origin, long now) {
        Set<Stage> seen = new LinkedHashSet<>(List.of(origin));
        Deque<Stage> work = new ArrayDeque<>(seen);
        while (!work.isEmpty()) {
            Stage stage = work.remove();
            census.note(Note.ROLLBACK);
            stage.spec.kept().storages().forEach(this::forgetBlocks);
            if (stage.isResult() && stage.hasPublished()) {
                String detail = origin + " lost an output and would not write the same records again.";
                doom(stage, new Cause.ResultsDiffer(stage.id().number(), detail));
                continue;
            }
            forgetAll(stage, now);
            for (Stage consumer : stage.consumers) {
                if (consumer.hasBegun() && seen.add(consumer)) {
                    work.add(consumer);
                }
            }
        }
    }

    private void forgetAll(Stage stage, long now) {
        attempts.killAll(stage, "what it reads or writes is rolled back", now);
        stage.rolledBack();
        reconsider(stage);
        stage.outputs.ifPresent(table -> {
            table.loseAll();
            for (int task = 0; task < stage.tasks.size(); task++) {
                if (stage.tasks.state(task) == TaskState.DONE) {
                    stage.tasks.lose(task);
                    attempts.reopen(stage, task);
                }
            }
            incomplete(stage);
        });
    }

    private void forgetBlocks(int storage) {
        if (blocks.isReleased(storage)) {
            return;
        }
        blocks.forgetAll(storage);
        // Whoever computes a block just now has not said so: everybody is told.
        executors.all().stream()
                .filter(Executor::isHeard)
                .forEach(executor -> outbox.add(new Action.DropBlocks(executor.id, storage, false)));
    }

    /** Nobody waits for this stage any more. */
    void abandon(Stage stage, long now) {
        if (stage.isWanted() && !isNeeded(stage)) {
            attempts.killAll(stage, "no job waits for it any more", now);
            openings.close(stage);
            stage.life.become(StageState.IDLE, census);
            stage.end(now);
            lookAgainAtInputs(stage);
        }
    }

    /** The result stages that wait for this stage, itself included. */
    static List<Stage> waitingResults(Stage stage) {
        List<Stage> found = new ArrayList<>();
        Set<Stage> seen = new LinkedHashSet<>(List.of(stage));
        Deque<Stage> work = new ArrayDeque<>(seen);
        while (!work.isEmpty()) {
            Stage next = work.remove();
            if (next.isResult()) {
                found.add(next);
            }
            next.consumers.stream()
                    .filter(consumer -> consumer.isWanted() && seen.add(consumer))
                    .forEach(work::add);
        }
        return found;
    }
}
