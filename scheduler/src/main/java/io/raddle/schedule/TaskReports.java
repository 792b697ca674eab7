package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.Outcome;
import io.raddle.schedule.Lifecycles.TaskState;
import io.raddle.schedule.StageSpec.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What attempts say of themselves: how they ended and whether they may publish. Late and repeated words change nothing. */
final class TaskReports {
    private final Settings settings;
    private final Executors executors;
    private final Stages stages;
    private final StageGraph graph;
    private final Storages storages;
    private final Attempts attempts;
    private final RetryPolicy retries;
    private final CommitLedger ledger;
    private final Census census;
    private final List<Action> outbox;

    TaskReports(
            Settings settings,
            Executors executors,
            Stages stages,
            StageGraph graph,
            Storages storages,
            Attempts attempts,
            RetryPolicy retries,
            CommitLedger ledger,
            Census census,
            List<Action> outbox) {
        this.settings = settings;
        this.executors = executors;
        this.stages = stages;
        this.graph = graph;
        this.storages = storages;
        this.attempts = attempts;
        this.retries = retries;
        this.ledger = ledger;
        this.census = census;
        this.outbox = outbox;
    }

    void ended(Event.TaskEnded event, long now) {
        Attempt attempt = underWay(event.attempt());
        if (attempt == null) {
            tooLate(event);
        } else if (event.outcome() instanceof Outcome.Succeeded) {
            succeeded(attempt, event.runNanos(), now);
        } else if (event.outcome() instanceof Outcome.Failed failed) {
            failed(attempt, failed.cause(), now);
        } else {
            attempts.withdraw(attempt, now);
        }
    }

    /** The attempt if it is launched and not over; nothing for one of the past. */
    @Nullable
    Attempt underWay(AttemptId id) {
        Stage stage = stages.find(id.stage());
        if (stage == null || id.epoch() != settings.driverEpoch()) {
            return null;
        }
        int task = stage.spec.partitions().task(id.partition());
        if (task < 0 || id.attempt() >= stage.tasks.attemptsMade(task)) {
            throw new IllegalStateException(id + " was never launched");
        }
        return stage.tasks.underWay(task, id.attempt());
    }

    private boolean won(AttemptId id) {
        Stage stage = stages.find(id.stage());
        return stage != null
                && id.epoch() == settings.driverEpoch()
                && stage.tasks.winner(stage.spec.partitions().task(id.partition())) == id.attempt();
    }

    private void tooLate(Event.TaskEnded event) {
        Executor executor = executors.find(event.executor());
        if (executor != null) {
            executor.acquit(event.attempt());
        }
        if (won(event.attempt())) {
            census.note(Note.DUPLICATE_REPORT);
            return;
        }
        census.note(Note.LATE_REPORT);
        if (event.outcome() instanceof Outcome.Succeeded) {
            outbox.add(new Action.DiscardPayload(event.attempt()));
        }
    }

    private void succeeded(Attempt attempt, long runNanos, long now) {
        Stage stage = attempt.stage;
        if (stage.tasks.second(attempt.task).filter(attempt::equals).isPresent()) {
            census.note(Note.SECOND_ATTEMPT_WON);
        }
        boolean first = attempts.succeed(attempt, now);
        outbox.add(first ? new Action.AcceptPayload(attempt.id) : new Action.AcceptOutput(attempt.id));
        stage.progressed(runNanos);
        stage.outputs.ifPresent(table -> {
            table.register(attempt.task, attempt.executor);
            attempt.executor.wroteFor.add(stage);
        });
        if (stage.tasks.allDone()) {
            graph.review(stage);
        } else {
            // What it did without or waits for may be needed no more.
            graph.reconsider(stage);
        }
    }

    private void failed(Attempt attempt, Cause cause, long now) {
        boolean mayHavePublished =
                ledger.holds(attempt) && attempt.stage.spec.publication() == Publication.SINGLE_COMMIT;
        attempts.withdraw(attempt, now);
        if (mayHavePublished) {
            graph.doom(attempt.stage, inDoubt(attempt, "it failed after it was allowed to: " + cause.happened()));
            return;
        }
        if (cause instanceof Cause.FetchFailed fetch) {
            fetchFailed(attempt, fetch, now);
        } else {
            if (cause instanceof Cause.BlockLost block) {
                storages.missed(attempt, block);
            }
            retries.failed(attempt, cause);
        }
    }

    static Cause inDoubt(Attempt attempt, String why) {
        return new Cause.CommitInDoubt(attempt.id + " was publishing its output, and " + why);
    }

    private void fetchFailed(Attempt attempt, Cause.FetchFailed cause, long now) {
        boolean news = lost(new ShuffleId(cause.shuffle()), cause.shuffleEpoch(), cause.maps(), now);
        census.note(news ? Note.FETCH_ROUND : Note.LATE_FETCH_FAILURE);
        retries.readInVain(attempt, cause, news);
    }

    /** Rows are lost, as far as they are still those that were seen; answers whether any was. */
    boolean lost(ShuffleId shuffle, int epoch, List<Integer> maps, long now) {
        Stage writer = stages.writing(shuffle);
        if (writer == null) {
            return false;
        }
        MapOutputs table = writer.outputs.orElseThrow();
        List<Integer> standing = maps.stream()
                .distinct()
                .filter(map -> table.standsSince(map, epoch))
                .toList();
        graph.lose(writer, standing, now);
        return !standing.isEmpty();
    }

    void resultLost(AttemptId id) {
        Stage stage = stages.find(id.stage());
        if (stage == null || !won(id) || !stage.isResult() || !stage.isWanted()) {
            census.note(Note.LATE_EVENT);
            return;
        }
        graph.loseResult(stage, stage.spec.partitions().task(id.partition()));
    }

    void commitAsked(ExecutorId executor, AttemptId id, long now) {
        if (won(id)) {
            census.note(Note.LATE_COMMIT_QUESTION);
            return;
        }
        Attempt attempt = underWay(id);
        if (attempt == null) {
            census.note(Note.LATE_COMMIT_QUESTION);
            outbox.add(new Action.DenyCommit(executor, id));
            return;
        }
        if (attempt.stage.spec.publication() == Publication.NONE) {
            throw new IllegalStateException(id + " asks to publish, but its stage publishes nothing");
        }
        if (attempt.stage.tasks.state(attempt.task) == TaskState.COMMITTING) {
            census.note(Note.REPEATED_COMMIT_QUESTION);
        } else {
            attempts.killRival(attempt, now);
            attempt.stage.tasks.grant(attempt);
            ledger.grant(attempt);
        }
        outbox.add(new Action.GrantCommit(attempt.executor.id, id));
    }

    /** Whoever waits for a silent executor's commit for too long is told that nobody knows. */
    void tick(long now) {
        for (Attempt attempt : ledger.silentFor(settings.commitPatience().toNanos(), now)) {
            ledger.heard(attempt);
            graph.doom(attempt.stage, inDoubt(attempt, attempt.executor + " has not been heard from since."));
        }
    }
}
