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

    /** What comes is values. */
    Folding ofValues() {
        return new Folding() {
            @Override
            public @Nullable Object create(@Nullable Object input) {
                return createCombiner(input);
            }

            @Override
            public @Nullable Object merge(@Nullable Object combiner, @Nullable Object input) {
                return mergeValue(combiner, input);
            }
        };
    }

    /** What comes is combiners. */
    Folding ofCombiners() {
        return new Folding() {
            @Override
            public @Nullable Object create(@Nullable Object input) {
                return input;
            }

            @Override
            public @Nullable Object merge(@Nullable Object combiner, @Nullable Object input) {
                return mergeCombiners(combiner, input);
            }
        };
    }

    private @Nullable Object createCombiner(@Nullable Object value) {
        try {
            return functions.createCombiner(value);
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
    }

    private @Nullable Object mergeValue(@Nullable Object combiner, @Nullable Object value) {
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
