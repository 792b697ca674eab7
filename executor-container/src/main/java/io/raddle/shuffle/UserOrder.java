package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.pipeline.UserFailure;
import java.util.Comparator;

/** Pairs in the order of their keys; what the comparator of keys throws is the user's. Used by the task's thread. */
final class UserOrder implements Comparator<Pair<?, ?>> {
    private final Comparator<Object> keys;

    @SuppressWarnings("unchecked")
    UserOrder(Comparator<?> keys) {
        this.keys = (Comparator<Object>) keys;
    }

    @Override
    public int compare(Pair<?, ?> left, Pair<?, ?> right) {
        try {
            return keys.compare(left.key(), right.key());
        } catch (RuntimeException e) {
            throw UserFailure.of(e);
        }
    }
}
