package io.raddle.shuffle;

import io.raddle.function.Aggregator;
import io.raddle.pipeline.UserFailure;
import org.jspecify.annotations.Nullable;

/** The functions of an aggregation; what they throw is the user's. Used by the task's thread. */
@SuppressWarnings("NullAway") // values and combiners of users may be null
final class UserAggregator {
    private final Aggregator<@Nullable Object, @Nullable Object> functions;

    @SuppressWarnings("unchecked")
    UserAggregator(Aggregator<?, ?> functions) {
        this.functions = (Aggregator<@Nullable Object, @Nullable Object>) functions;
    }

    @Nullable
    Object createCombiner(@Nullable Object value) {
        try {
            return functions.createCombiner(value);
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
    }

    @Nullable
    Object mergeValue(@Nullable Object combiner, @Nullable Object value) {
        try {
            return functions.mergeValue(combiner, value);
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
    }

    @Nullable
    Object mergeCombiners(@Nullable Object left, @Nullable Object right) {
        try {
            return functions.mergeCombiners(left, right);
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
    }
}
