package io.raddle.snippet;

import io.raddle.closure.ClosureCodec;
import io.raddle.shared.Broadcast;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A large value, whose bytes executors have once and each copy of a function makes its own object of. Thread-safe. */
final class SharedValue implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> serialized;
    private transient @Nullable Object thawed;

    SharedValue(Broadcast<byte[]> serialized) {
        this.serialized = serialized;
    }

    synchronized Object value() {
        Object value = thawed;
        if (value == null) {
            ClassLoader loader = Objects.requireNonNullElseGet(
                    Thread.currentThread().getContextClassLoader(), SharedValue.class::getClassLoader);
            value = ClosureCodec.thaw(serialized.value(), Object.class, loader);
            thawed = value;
        }
        return value;
    }
}
