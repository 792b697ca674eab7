package io.raddle.schedule;

import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts that run so long that a second one may well be there before them, found at each tick. A second attempt takes
 * a slot that no pending task can use, on another executor, and on another node where that is possible.
 */
final class Speculation {
    /** Of the tasks of a stage, those that may have two attempts at once; one may in any case. */
    private static final int ONE_IN = 10;

    private final SpeculationRule rule;
    private final Stages stages;
    private final Executors executors;
    private final Openings openings;
    private final Exclusions exclusions;
    private final Census census;
    /** Those that began first come first. */
    private final List<Attempt> slow = new ArrayList<>();

    Speculation(
            SpeculationRule rule,
            Stages stages,
            Executors executors,
            Openings openings,
            Exclusions exclusions,
            Census census) {
        this.rule = rule;
        this.stages = stages;
        this.executors = executors;
        this.openings = openings;
        this.exclusions = exclusions;
        this.census = census;
    }

    /** Those that wait for a second attempt beside them, or have ended since the last tick. */
    List<Attempt> slow() {
        return slow;
    }

    /** How many second attempts wait for a slot. */
    int waiting() {
        slow.removeIf(attempt -> !deserves(attempt));
        return slow.size();
    }

    void tick(long now) {
        slow.clear();
        Map<Stage, Long> limits = limits();
        if (limits.isEmpty()) {
            return;
        }
        for (Executor executor : executors.all()) {
            for (Attempt attempt : executor.running()) {
                Long limit = limits.get(attempt.stage);
                if (limit != null && now - attempt.begunNanos() > limit && deserves(attempt)) {
                    slow.add(attempt);
                }
            }
        }
        slow.sort(Comparator.comparingLong(Attempt::begunNanos));
        if (!slow.isEmpty()) {
            openings.offerAll();
        }
    }

    private Map<Stage, Long> limits() {
        Map<Stage, Long> limits = new LinkedHashMap<>();
        if (!rule.isNone()) {
            for (Stage stage : stages.all()) {
                if (stage.life.is(StageState.RUNNING)) {
                    long nanos = rule.nanosOf(stage.tasks.size(), stage.tasks.count(TaskState.DONE), stage.runTimes);
                    if (nanos < Long.MAX_VALUE) {
                        limits.put(stage, nanos);
                    }
                }
            }
        }
        return limits;
    }

    /** Its inputs are there, it goes on, alone and unpublished, and its stage may have one more second attempt. */
    private static boolean deserves(Attempt attempt) {
        TaskSet tasks = attempt.stage.tasks;
        return attempt.stage.life.is(StageState.RUNNING)
                && tasks.underWay(attempt.task) == attempt
                && tasks.state(attempt.task) == TaskState.RUNNING
                && tasks.second(attempt.task).isEmpty()
                && tasks.seconds() < most(tasks);
    }

    private static int most(TaskSet tasks) {
        return Math.max(1, tasks.size() / ONE_IN);
    }

    /** A slow attempt, and where another should run beside it. */
    record Match(Attempt slow, Executor place) {}

    /** The next match with one of these executors, if any; its attempt is not answered again. */
    Optional<Match> next(List<Executor> offers) {
        for (Attempt attempt : slow) {
            if (deserves(attempt)) {
                Optional<Executor> place = place(attempt, offers);
                if (place.isPresent()) {
                    slow.remove(attempt);
                    census.note(Note.SECOND_ATTEMPT);
                    return Optional.of(new Match(attempt, place.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Executor> place(Attempt attempt, List<Executor> offers) {
        Optional<Executor> onItsNode = Optional.empty();
        for (Executor executor : offers) {
            if (executor.freeSlots() > 0 && fits(executor, attempt)) {
                if (!executor.node().equals(attempt.executor.node())) {
                    return Optional.of(executor);
                }
                onItsNode = onItsNode.isPresent() ? onItsNode : Optional.of(executor);
            }
        }
        return onItsNode;
    }

    private boolean fits(Executor executor, Attempt attempt) {
        return attempt.executor != executor && exclusions.admits(attempt.stage, attempt.task, executor);
    }
}
