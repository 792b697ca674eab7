package io.raddle.serde;

import com.esotericsoftware.kryo.KryoException;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.NotSerializableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of a class that no serializer can do; Kryo adds the fields that lead to it on the way out. */
final class Unserializable extends KryoException {
    private static final long serialVersionUID = 1L;
    private static final Pattern TRACE_LINE = Pattern.compile("(?m)^(\\S+) \\(\\S+\\)$");

    private final Class<?> type;

    Unserializable(Class<?> type) {
        super("not serializable");
        this.type = type;
    }

    /** The typed error for {@code failure}, which came while {@code value} was written. */
    static RaddleException typed(Object value, Throwable failure) {
        String name = value.getClass().getTypeName();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof Unserializable found) {
                name = found.type.getTypeName();
            } else if (at instanceof NotSerializableException found) {
                name = firstWord(found.getMessage(), name);
            }
        }
        return new RaddleException(new Cause.NotSerializable(name, path(value, failure)), failure);
    }

    /** Kryo lists the fields from the innermost outwards. */
    private static String path(Object value, Throwable failure) {
        StringBuilder fields = new StringBuilder();
        Matcher lines = TRACE_LINE.matcher(String.valueOf(failure.getMessage()));
        while (lines.find()) {
            fields.insert(0, "." + lines.group(1));
        }
        return value.getClass().getTypeName() + fields;
    }

    private static String firstWord(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text.split("\\s", 2)[0];
    }
}
