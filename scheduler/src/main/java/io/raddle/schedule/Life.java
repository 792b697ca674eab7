package io.raddle.schedule;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where one instance stands in its lifecycle, and the last states that it came through. */
final class Life<S extends Enum<S>> {
    private static final int REMEMBERED = 16;

    private final Lifecycle<S> lifecycle;
    private final Object owner;
    private final Deque<S> history = new ArrayDeque<>();
    private S state;

    Life(Lifecycle<S> lifecycle, Object owner, S first) {
        this.lifecycle = lifecycle;
        this.owner = owner;
        state = first;
    }

    S state() {
        return state;
    }

    boolean is(S other) {
        return state == other;
    }

    void become(S next, Census census) {
        if (!lifecycle.allows(state, next)) {
            throw new IllegalStateException(
                    owner + ": " + lifecycle.word(state, next) + " is not in the table; before it: " + history);
        }
        census.transition(lifecycle, state, next);
        if (history.size() == REMEMBERED) {
            history.removeFirst();
        }
        history.addLast(state);
        state = next;
    }
}
