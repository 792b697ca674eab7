package io.raddle.snippet;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.shared.Broadcast;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that the variables of a prompt had when a function was frozen; part of the frozen function. */
public final class FrozenVariables implements Variables, Serializable {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, @Nullable Object> values;

    /** Of these values; instead of a value may stand what is {@link #shared} or {@link #refused}. */
    public FrozenVariables(Map<String, @Nullable Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** A value whose serialized form each executor fetches once. */
    public static Object shared(Broadcast<byte[]> serialized) {
        return new SharedValue(serialized);
    }

    /** The value of a variable that cannot travel, and that perhaps nobody asks for. */
    public static Object refused(String reason, String instead) {
        return new RefusedValue(reason, instead);
    }

    /** The values as they came; for whoever asks whether they can change. */
    public Collection<@Nullable Object> values() {
        return values.values();
    }

    @Nullable
    Object valueOf(String variable) {
        Object value = values.get(variable);
        if (value instanceof SharedValue shared) {
            return shared.value();
        }
        if (value instanceof RefusedValue refused) {
            throw new RaddleException(new Cause.InvalidInput(refused.reason, refused.instead));
        }
        if (value == null && !values.containsKey(variable)) {
            throw Scope.notBound(variable);
        }
        return value;
    }

    private static final class RefusedValue implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String reason;
        private final String instead;

        RefusedValue(String reason, String instead) {
            this.reason = reason;
            this.instead = instead;
        }
    }
}
