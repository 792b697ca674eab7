package io.raddle.schedule;

import io.raddle.fault.Cause;

/**
 * What the end of an attempt means for its task: only causes that are the task's own fault count against its attempts.
 * Ends without fault may be repeated far more often, but not for ever.
 */
final class RetryPolicy {
    private static final int STUMBLES_PER_ATTEMPT = 10;

    private final Settings settings;
    private final StageGraph graph;
    private final Exclusions exclusions;

    RetryPolicy(Settings settings, StageGraph graph, Exclusions exclusions) {
        this.settings = settings;
        this.graph = graph;
        this.exclusions = exclusions;
    }

    /** The attempt itself reported that it failed. */
    void failed(Attempt attempt, Cause cause) {
        attempt.stage.tasks.countFailure();
        if (cause.taskFault() || cause instanceof Cause.DisksFailed) {
            exclusions.failed(attempt, cause);
        }
        if (cause.taskFault()) {
            blame(attempt, cause);
        } else if (cause instanceof Cause.CommitInDoubt) {
            graph.doom(attempt.stage, cause);
        } else {
            stumbled(attempt, cause);
        }
    }

    /** The attempt did not find its inputs: {@code news} when they stood until now, else it looked for what was lost. */
    void readInVain(Attempt attempt, Cause.FetchFailed cause, boolean news) {
        Stage stage = attempt.stage;
        stage.tasks.countFailure();
        if (!news) {
            stumbled(attempt, cause);
        } else if (stage.fruitlessRound() >= settings.stageAttempts()) {
            graph.doom(stage, cause);
        }
    }

    /** The executor on which it ran ended; what only waited there is not asked. */
    void diedWithExecutor(Attempt attempt, Cause cause) {
        if (cause.taskFault()) {
            attempt.stage.tasks.countFailure();
            blame(attempt, cause);
        } else if (cause instanceof Cause.ExecutorExited) {
            stumbled(attempt, cause);
        }
    }

    private void blame(Attempt attempt, Cause cause) {
        Stage stage = attempt.stage;
        int faults = stage.tasks.blame(attempt.task);
        if (faults >= stage.spec.maxAttempts()) {
            doom(attempt, faults, cause);
        }
    }

    private void stumbled(Attempt attempt, Cause cause) {
        Stage stage = attempt.stage;
        int stumbles = stage.tasks.stumble(attempt.task);
        if (stumbles >= stage.spec.maxAttempts() * STUMBLES_PER_ATTEMPT) {
            doom(attempt, stumbles, cause);
        }
    }

    private void doom(Attempt attempt, int times, Cause last) {
        int stage = attempt.stage.id().number();
        graph.doom(attempt.stage, new Cause.TaskFailed(stage, attempt.id.partition(), times, last));
    }
}
