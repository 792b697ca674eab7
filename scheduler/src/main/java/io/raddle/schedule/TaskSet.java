package io.raddle.schedule;

import io.raddle.schedule.Lifecycles.TaskState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one stage as dense arrays, because there may be a million of them: only those under way have an object.
 * Holds the rule that a payload is accepted once per partition for as long as the stage lives.
 */
final class TaskSet {
    private static final int NONE = -1;
    private static final TaskState[] STATES = TaskState.values();

    private final Object owner;
    private final Census census;
    private final byte[] state;
    private final int[] attemptsMade;
    private final int[] faults;
    private final int[] stumbles;
    private final int[] winner;
    private final @Nullable Attempt[] underWay;
    /** Beside those under way, by task, for as long as neither may publish. */
    private final SortedMap<Integer, Attempt> seconds = new TreeMap<>();

    private final BitSet accepted;
    private final int[] count = new int[STATES.length];
    private long failedAttempts;

    TaskSet(Object owner, int size, Census census) {
        this.owner = owner;
        this.census = census;
        state = new byte[size];
        attemptsMade = new int[size];
        faults = new int[size];
        stumbles = new int[size];
        winner = new int[size];
        Arrays.fill(winner, NONE);
        underWay = new Attempt[size];
        accepted = new BitSet(size);
        count[TaskState.PENDING.ordinal()] = size;
    }

    int size() {
        return state.length;
    }

    TaskState state(int task) {
        return STATES[state[task]];
    }

    int count(TaskState which) {
        return count[which.ordinal()];
    }

    int active() {
        return count(TaskState.RUNNING) + count(TaskState.COMMITTING);
    }

    boolean allDone() {
        return count(TaskState.DONE) == size();
    }

    long failedAttempts() {
        return failedAttempts;
    }

    /** How many attempts were ever made, which is also the number of the next one. */
    int attemptsMade(int task) {
        return attemptsMade[task];
    }

    @Nullable
    Attempt underWay(int task) {
        return underWay[task];
    }

    /** The attempt that competes with the one under way. */
    Optional<Attempt> second(int task) {
        return Optional.ofNullable(seconds.get(task));
    }

    int seconds() {
        return seconds.size();
    }

    /** The attempt of this number, if it is on its way. */
    @Nullable
    Attempt underWay(int task, int number) {
        Attempt first = underWay[task];
        if (first != null && first.id.attempt() == number) {
            return first;
        }
        Attempt second = seconds.get(task);
        return second != null && second.id.attempt() == number ? second : null;
    }

    /** The one that competes with this one. */
    Optional<Attempt> rival(Attempt attempt) {
        Attempt first = underWay[attempt.task];
        return first == attempt ? second(attempt.task) : Optional.ofNullable(first);
    }

    /** Number of the attempt whose output stands, negative when there is none. */
    int winner(int task) {
        return winner[task];
    }

    void launch(Attempt attempt) {
        become(attempt.task, TaskState.RUNNING);
        underWay[attempt.task] = attempt;
        attemptsMade[attempt.task]++;
    }

    void launchSecond(Attempt attempt) {
        if (state(attempt.task) != TaskState.RUNNING || seconds.put(attempt.task, attempt) != null) {
            throw new IllegalStateException(attempt + " competes with nobody, or with two: " + history(attempt.task));
        }
        attemptsMade[attempt.task]++;
    }

    void grant(Attempt attempt) {
        become(attempt.task, TaskState.COMMITTING);
    }

    /** The attempt won. Answers whether this is the first payload of its partition ever. */
    boolean succeed(Attempt attempt) {
        become(attempt.task, TaskState.DONE);
        underWay[attempt.task] = null;
        winner[attempt.task] = attempt.id.attempt();
        boolean first = !accepted.get(attempt.task);
        accepted.set(attempt.task);
        return first;
    }

    /** The attempt ended without an output; answers whether none is left. */
    boolean giveUp(Attempt attempt) {
        Attempt second = seconds.remove(attempt.task);
        if (second == null) {
            become(attempt.task, TaskState.PENDING);
            underWay[attempt.task] = null;
            return true;
        }
        if (underWay[attempt.task] == attempt) {
            underWay[attempt.task] = second;
        }
        return false;
    }

    /** The output of a task that was done is lost. */
    void lose(int task) {
        become(task, TaskState.PENDING);
        winner[task] = NONE;
    }

    void countFailure() {
        failedAttempts++;
    }

    /** Counts an end that was the task's own fault; answers how many there are now. */
    int blame(int task) {
        return ++faults[task];
    }

    /** Counts an end that was not its own fault, but may come again for ever; answers how many there are now. */
    int stumble(int task) {
        return ++stumbles[task];
    }

    /** Whoever asks for the stage next starts with a clean record. */
    void forgive() {
        Arrays.fill(faults, 0);
        Arrays.fill(stumbles, 0);
    }

    /** A life of its own would be too much for each of a million tasks; its counters say what it came through. */
    private String history(int task) {
        return attemptsMade[task] + " attempts, of which " + faults[task] + " ended by its own fault and "
                + stumbles[task] + " by none, and "
                + (winner[task] == NONE ? "none" : "number " + winner[task]) + " stands";
    }

    private void become(int task, TaskState next) {
        TaskState now = STATES[state[task]];
        if (!Lifecycles.TASK.allows(now, next)) {
            throw new IllegalStateException(owner + ", task " + task + ": " + Lifecycles.TASK.word(now, next)
                    + " is not in the table; before it: " + history(task));
        }
        census.transition(Lifecycles.TASK, now, next);
        count[now.ordinal()]--;
        count[next.ordinal()]++;
        state[task] = (byte) next.ordinal();
    }
}
