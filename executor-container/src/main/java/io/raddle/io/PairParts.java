package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.proto.HadoopSource;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/** Makes pairs of what an InputFormat gives, whose parts are of the classes that the program asked for and its own. */
final class PairParts {
    private final Optional<Class<?>> key;
    private final Optional<Class<?>> value;
    private final Reused reused;
    private final String origin;
    private final Configuration configuration;

    PairParts(HadoopSource source, String origin, Reused reused, Configuration configuration) {
        this.key = wanted(source.getKeyClass(), configuration);
        this.value = wanted(source.getValueClass(), configuration);
        this.origin = origin;
        this.reused = reused;
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // a NullWritable is null
    Pair<Object, Object> pair(@Nullable Object givenKey, @Nullable Object givenValue) {
        return new Pair<>(part(givenKey, key, "keys"), part(givenValue, value, "values"));
    }

    private @Nullable Object part(@Nullable Object given, Optional<Class<?>> wanted, String what) {
        if (given == null) {
            return null;
        }
        Class<?> type = wanted.orElse(given.getClass());
        if (type.isInstance(given)) {
            return reused == Reused.YES && given instanceof Writable writable
                    ? Writables.copy(writable, configuration)
                    : given;
        }
        Object converted = Writables.toJava(given);
        if (converted != null && !type.isInstance(converted)) {
            throw new RaddleException(new Cause.InvalidInput(
                    origin + " has " + what + " of " + given.getClass().getName() + ", not of " + type.getName() + ".",
                    "Ask for that class, or for the Java class that it stands for."));
        }
        return converted;
    }

    private static Optional<Class<?>> wanted(String name, Configuration configuration) {
        return switch (name) {
            case "" -> Optional.empty();
            case "[B" -> Optional.of(byte[].class);
            default -> Optional.of(HadoopClasses.named(name, configuration));
        };
    }
}
