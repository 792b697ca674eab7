package io.raddle.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what happened inside the core, so that a simulation can say what it never visited. */
final class Census {
    /** What is normal in a distributed system, ignored and worth knowing. */
    enum Note {
        DUPLICATE_REPORT,
        LATE_REPORT,
        LATE_COMMIT_QUESTION,
        REPEATED_COMMIT_QUESTION,
        DUPLICATE_LOSS,
        LATE_LOSS,
        LATE_ATTACH,
        LATE_FETCH_FAILURE,
        LATE_EVENT,
        REATTACH,
        NEW_INCARNATION,
        UNKNOWN_ATTEMPT_KILLED,
        MISSING_ATTEMPT_REQUEUED,
        ROLLBACK,
        RECALL,
        FETCH_ROUND,
        BLOCK_GONE,
        BLOCK_OF_RELEASED_STORAGE,
        INPUT_DEFERRED,
        COPY,
        COPY_REFUSED,
        SECOND_ATTEMPT,
        SECOND_ATTEMPT_WON
    }

    private final Map<Lifecycle<?>, long[]> tallies = new LinkedHashMap<>();
    private final long[] notes = new long[Note.values().length];

    Census() {
        for (Lifecycle<?> lifecycle : Lifecycles.ALL) {
            tallies.put(lifecycle, new long[lifecycle.states() * lifecycle.states()]);
        }
    }

    <S extends Enum<S>> void transition(Lifecycle<S> lifecycle, S from, S to) {
        tally(lifecycle)[from.ordinal() * lifecycle.states() + to.ordinal()]++;
    }

    private long[] tally(Lifecycle<?> lifecycle) {
        return Objects.requireNonNull(tallies.get(lifecycle));
    }

    void note(Note note) {
        notes[note.ordinal()]++;
    }

    long count(Note note) {
        return notes[note.ordinal()];
    }

    /** Every transition of every table, with how often it was taken. */
    SortedMap<String, Long> transitions() {
        SortedMap<String, Long> counts = new TreeMap<>();
        tallies.forEach((lifecycle, tally) -> count(lifecycle, tally, counts));
        return counts;
    }

    private static <S extends Enum<S>> void count(
            Lifecycle<S> lifecycle, long[] tally, SortedMap<String, Long> counts) {
        lifecycle.forEach((from, to) ->
                counts.put(lifecycle.word(from, to), tally[from.ordinal() * lifecycle.states() + to.ordinal()]));
    }
}
