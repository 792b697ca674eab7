package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.HeldOutput;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.StageSpec.Publication;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Executors come, come back, fall silent and end; what they held is reconciled, run again or blamed. */
final class Fleet {
    private final Executors executors;
    private final Openings openings;
    private final Attempts attempts;
    private final TaskReports reports;
    private final RetryPolicy retries;
    private final StageGraph graph;
    private final Exclusions exclusions;
    private final Storages storages;
    private final CommitLedger ledger;
    private final Census census;
    private final List<Action> outbox;

    Fleet(
            Executors executors,
            Openings openings,
            Attempts attempts,
            TaskReports reports,
            RetryPolicy retries,
            StageGraph graph,
            Exclusions exclusions,
            Storages storages,
            CommitLedger ledger,
            Census census,
            List<Action> outbox) {
        this.executors = executors;
        this.openings = openings;
        this.attempts = attempts;
        this.reports = reports;
        this.retries = retries;
        this.graph = graph;
        this.exclusions = exclusions;
        this.storages = storages;
        this.ledger = ledger;
        this.census = census;
        this.outbox = outbox;
    }

    /** Answers whether this is news. */
    boolean allocated(ExecutorId id, NodeId node, long now) {
        if (executors.isGone(id) || executors.find(id) != null) {
            census.note(Note.LATE_EVENT);
            return false;
        }
        executors.allocate(id, node, now);
        return true;
    }

    /** A container that is one too many goes before its executor is heard of. */
    void giveBack(ExecutorId id) {
        Executor executor = executors.find(id);
        if (executor != null) {
            executors.become(executor, ExecutorState.GONE, census);
            executors.forget(executor);
            outbox.add(new Action.ReleaseContainer(id));
        }
    }

    void attached(Event.ExecutorAttached event, long now) {
        if (executors.isGone(event.executor())) {
            census.note(Note.LATE_ATTACH);
            outbox.add(new Action.ReleaseContainer(event.executor()));
            return;
        }
        Executor executor = executors.allocate(event.executor(), event.node(), now);
        if (event.incarnation() < executor.incarnation()) {
            census.note(Note.LATE_ATTACH);
            return;
        }
        if (executor.hasAttached()) {
            comesBack(executor, event, now);
        }
        executor.attached(event);
        if (!executor.takesTasks() && !executor.life.is(ExecutorState.DRAINING)) {
            executors.become(executor, ExecutorState.ATTACHED, census);
            executors.entered(executor);
            if (executor.draining()) {
                drain(executor, now);
            }
        }
        if (executor.draining()) {
            outbox.add(new Action.DrainExecutor(executor.id));
        }
        reconcile(executor, event.snapshot(), now);
        openings.roomAt(executor);
    }

    private void comesBack(Executor executor, Event.ExecutorAttached event, long now) {
        if (event.incarnation() > executor.incarnation()) {
            census.note(Note.NEW_INCARNATION);
            Cause cause = new Cause.ExecutorExited(executor.node().toString(), 0, "it started again");
            if (executor.takesTasks() || executor.life.is(ExecutorState.DRAINING)) {
                leave(executor, ExecutorState.SILENT);
            }
            buryAttempts(executor, cause, now);
        } else {
            census.note(Note.REATTACH);
        }
    }

    /** What the executor does not know is run again, what the core does not know is killed. */
    private void reconcile(Executor executor, Snapshot snapshot, long now) {
        Set<AttemptId> known = new LinkedHashSet<>(snapshot.attempts());
        known.addAll(snapshot.unacknowledged());
        for (AttemptId id : snapshot.attempts()) {
            Attempt attempt = reports.underWay(id);
            if (attempt == null || attempt.executor != executor) {
                census.note(Note.UNKNOWN_ATTEMPT_KILLED);
                outbox.add(new Action.KillTask(executor.id, id, "it was given up while this executor was away"));
            }
        }
        for (Attempt attempt : executor.attempts()) {
            ledger.heard(attempt);
            if (!known.contains(attempt.id)) {
                census.note(Note.MISSING_ATTEMPT_REQUEUED);
                withdrawGranted(attempt, executor + " came back without it.");
                attempts.kill(attempt, "its executor came back without it", now);
            }
        }
        if (executor.losesOutputs()) {
            loseOutputs(executor, new LinkedHashSet<>(snapshot.outputs()), now);
        }
        storages.attached(executor, snapshot.blocks());
    }

    /** Answers whether this ended an executor that was to work and was never heard of. */
    boolean lost(ExecutorId id, long incarnation, Cause cause, long now) {
        Executor executor = executors.find(id);
        boolean ended = false;
        if (executor == null) {
            census.note(Note.DUPLICATE_LOSS);
        } else if (incarnation < executor.incarnation()) {
            census.note(Note.LATE_LOSS);
        } else if (!(cause instanceof Cause.Unreachable)) {
            end(executor, cause, now);
            ended = !executor.hasAttached() && !executor.draining();
        } else if (executor.life.is(ExecutorState.SILENT)) {
            census.note(Note.DUPLICATE_LOSS);
        } else {
            fallSilent(executor, now);
        }
        return ended;
    }

    private void fallSilent(Executor executor, long now) {
        leave(executor, ExecutorState.SILENT);
        List<Attempt> ran = executor.running();
        for (Attempt attempt : executor.attempts()) {
            if (ledger.holds(attempt)) {
                // Stays under way, so it is blamed as such if its executor has ended.
                ledger.silent(attempt, now);
            } else {
                attempts.withdraw(attempt, now);
                if (ran.contains(attempt)) {
                    executor.suspect(attempt);
                }
            }
        }
    }

    private void end(Executor executor, Cause cause, long now) {
        boolean wasSilent = executor.life.is(ExecutorState.SILENT);
        leave(executor, ExecutorState.GONE);
        if (wasSilent) {
            executor.suspects().stream()
                    .filter(attempt -> attempt.stage.tasks.winner(attempt.task) < 0)
                    .forEach(attempt -> retries.diedWithExecutor(attempt, cause));
        }
        buryAttempts(executor, cause, now);
        executors.forget(executor);
        if (executor.losesOutputs()) {
            loseOutputs(executor, Collections.emptySet(), now);
        }
    }

    private void buryAttempts(Executor executor, Cause cause, long now) {
        List<Attempt> ran = executor.running();
        for (Attempt attempt : executor.attempts()) {
            withdrawGranted(attempt, executor + " ended: " + cause.happened());
            attempts.withdraw(attempt, now);
        }
        ran.forEach(attempt -> retries.diedWithExecutor(attempt, cause));
    }

    /** A commit that must not happen twice and that nobody reports on can only be given up. */
    private void withdrawGranted(Attempt attempt, String why) {
        if (ledger.holds(attempt) && attempt.stage.spec.publication() == Publication.SINGLE_COMMIT) {
            graph.doom(attempt.stage, TaskReports.inDoubt(attempt, why));
        }
    }

    private void leave(Executor executor, ExecutorState next) {
        boolean counted = executor.isHeard();
        executors.become(executor, next, census);
        storages.left(executor);
        if (counted) {
            exclusions.left();
            boolean lastOfHost = executors.left(executor);
            for (Stage stage : openings.stages()) {
                if (stage.pending.asksForBlocks() || (lastOfHost && stage.pending.hasPreferences())) {
                    stage.pending.refill(executors::canMeet);
                    openings.offerAll();
                }
            }
        }
    }

    private void loseOutputs(Executor executor, Set<HeldOutput> kept, long now) {
        for (Stage stage : new ArrayList<>(executor.wroteFor)) {
            MapOutputs table = stage.outputs.orElseThrow();
            List<Integer> lost = table.writtenBy(writer -> writer == executor).stream()
                    .filter(map -> !kept.contains(new HeldOutput(table.shuffle, map)))
                    .toList();
            graph.lose(stage, lost, now);
        }
    }

    void draining(ExecutorId id, long now) {
        Executor executor = executors.find(id);
        if (executor == null || executor.draining()) {
            census.note(Note.LATE_EVENT);
            return;
        }
        executor.drain();
        if (executor.takesTasks()) {
            drain(executor, now);
        }
    }

    /** It may end; its outputs and its slots are not needed. */
    void letGo(Executor executor, long now) {
        executor.drain();
        drain(executor, now);
        outbox.add(new Action.DrainExecutor(executor.id));
    }

    /** Takes no more tasks, and gives back those that wait in its queue. */
    private void drain(Executor executor, long now) {
        executors.become(executor, ExecutorState.DRAINING, census);
        exclusions.left();
        recall(executor, now);
    }

    /** Asks back what waits in its queue since before then. */
    void recall(Executor executor, long launchedBefore) {
        List<Attempt> queued = executor.attempts().stream()
                .skip(executor.slots())
                .filter(attempt -> !attempt.recalled() && attempt.launchedNanos <= launchedBefore)
                .toList();
        if (!queued.isEmpty()) {
            census.note(Note.RECALL);
            queued.forEach(Attempt::recall);
            outbox.add(new Action.RecallTasks(
                    executor.id, queued.stream().map(attempt -> attempt.id).toList()));
        }
    }

    void nodeLost(NodeId node, Iterable<Stage> stages, long now) {
        Cause cause = new Cause.NodeLost(node.toString());
        for (Executor executor : executors.on(node)) {
            end(executor, cause, now);
        }
        for (Stage stage : stages) {
            stage.outputs.ifPresent(table ->
                    graph.lose(stage, table.writtenBy(writer -> writer.node().equals(node)), now));
        }
    }

    void retired(Stage stage) {
        executors.all().forEach(executor -> executor.wroteFor.remove(stage));
    }
}
