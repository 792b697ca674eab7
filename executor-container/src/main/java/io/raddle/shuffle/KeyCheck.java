package io.raddle.shuffle;

import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.serde.RecordReader;
import org.jspecify.annotations.Nullable;

/**
 * Refuses keys whose hash code says which object they are, before equal ones miss each other in silence: partitioners of
 * the user's own let them come this far. Looks at the first key of each class in a row. Used by the task's thread.
 */
final class KeyCheck {
    private static final HashPartitioner JUDGE = new HashPartitioner(1);

    private @Nullable Class<?> last;

    void check(@Nullable Object key) {
        if (key != null && key.getClass() != last) {
            JUDGE.partition(key);
            last = key.getClass();
        }
    }

    /** The same for the key of the pair that {@code reader} has cut. */
    void checkCut(RecordReader reader) {
        if (last != Pair.class && reader.mayKeyHoldArrays()) {
            check(reader.key());
        }
    }
}
