package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Places at which attempts failed and that get no more of the same: a task that failed at an executor goes elsewhere, an
 * executor at which several tasks of a stage failed gets none of that stage, one at which several tasks of any failed gets
 * none at all, and neither does a node with several such executors. All of it is forgotten after a while, and holds only
 * where there is another place: work is never kept waiting for one that is not there.
 */
final class Exclusions {
    private static final int TASKS_OF_A_STAGE = 2;
    private static final int TASKS_OF_ANY = 4;
    private static final int EXECUTORS_OF_A_NODE = 2;
    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();
    /** More change nothing: what they would tell is told already. */
    private static final int MOST_PER_NODE = 64;

    private record Failure(ExecutorId executor, Stage stage, int task, long at, Cause cause) {}

    private final Executors executors;
    private final Openings openings;
    private final Map<NodeId, Deque<Failure>> failures = new LinkedHashMap<>();
    private long now;

    Exclusions(Executors executors, Openings openings) {
        this.executors = executors;
        this.openings = openings;
    }

    /** An attempt ended in a way that may be the fault of its place. */
    void failed(Attempt attempt, Cause cause) {
        Executor executor = attempt.executor;
        Deque<Failure> here = failures.computeIfAbsent(executor.node(), absent -> new ArrayDeque<>());
        here.add(new Failure(executor.id, attempt.stage, attempt.task, now, cause));
        if (here.size() > MOST_PER_NODE) {
            here.remove();
        }
        openings.offerAll();
    }

    /** Forgets what is long ago. */
    void tick(long time) {
        now = time;
        for (Deque<Failure> here : failures.values()) {
            while (!here.isEmpty() && now - here.element().at() > MEMORY_NANOS) {
                here.remove();
                openings.offerAll();
            }
        }
        failures.values().removeIf(Deque::isEmpty);
    }

    /** An executor takes tasks no more: those that were to go there may have to go where they failed. */
    void left() {
        if (!areNone()) {
            openings.offerAll();
        }
    }

    /** Whether every task may run anywhere. */
    boolean areNone() {
        return failures.isEmpty();
    }

    boolean admits(Stage stage, Executor executor) {
        return areNone()
                || !isBarred(stage, executor)
                || executors.all().stream().noneMatch(other -> other.takesTasks() && !isBarred(stage, other));
    }

    boolean admits(Stage stage, int task, Executor executor) {
        return areNone()
                || admits(stage, executor)
                        && (!failedAt(stage, task, executor)
                                || executors.all().stream()
                                        .noneMatch(other -> other.takesTasks()
                                                && admits(stage, other)
                                                && !failedAt(stage, task, other)));
    }

    private boolean failedAt(Stage stage, int task, Executor executor) {
        return at(executor.node()).stream()
                .anyMatch(failure ->
                        failure.executor().equals(executor.id) && failure.stage() == stage && failure.task() == task);
    }

    private boolean isBarred(Stage stage, Executor executor) {
        Deque<Failure> here = at(executor.node());
        return !here.isEmpty()
                && (tasks(here, executor.id, failure -> failure.stage() == stage) >= TASKS_OF_A_STAGE
                        || isBad(here, executor.id)
                        || badExecutors(here).size() >= EXECUTORS_OF_A_NODE);
    }

    private static boolean isBad(Deque<Failure> here, ExecutorId executor) {
        return tasks(here, executor, failure -> true) >= TASKS_OF_ANY;
    }

    private static SortedSet<ExecutorId> badExecutors(Deque<Failure> here) {
        return here.stream()
                .map(Failure::executor)
                .filter(executor -> isBad(here, executor))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many different tasks of those in question failed at an executor. */
    private static long tasks(Deque<Failure> here, ExecutorId executor, Predicate<Failure> inQuestion) {
        return here.stream()
                .filter(failure -> failure.executor().equals(executor))
                .filter(inQuestion)
                .map(failure -> failure.stage().id() + "/" + failure.task())
                .distinct()
                .count();
    }

    private Deque<Failure> at(NodeId node) {
        return failures.getOrDefault(node, new ArrayDeque<>());
    }

    /** Which executors get no task of any stage, and why. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        failures.forEach((node, here) -> {
            SortedSet<ExecutorId> bad = badExecutors(here);
            if (!bad.isEmpty()) {
                String where =
                        bad.size() >= EXECUTORS_OF_A_NODE ? "All executors on " + node : bad.first() + " on " + node;
                sentences.add(
                        where + " get no tasks for a while where others can take them: several failed there, the last"
                                + " so: " + here.getLast().cause().happened());
            }
        });
        return sentences;
    }
}
