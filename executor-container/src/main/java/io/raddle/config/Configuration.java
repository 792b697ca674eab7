package io.raddle.config;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values that a start-up gave, each checked when this was made; what was not given has its default. Immutable. */
public final class Configuration {
    /** Names that start so are entries of the Hadoop configuration, less this prefix. */
    public static final String HADOOP_PREFIX = "raddle.hadoop.";

    private static final String SPARK_PREFIX = "spark.";

    private final Map<String, String> given;

    private Configuration(Map<String, String> given) {
        this.given = Collections.unmodifiableMap(given);
    }

    /** Nothing given. */
    public static Configuration defaults() {
        return new Configuration(new TreeMap<>());
    }

    /** Reads {@code given}, or refuses an unknown name or a value that does not fit. */
    public static Configuration parse(Map<String, String> given) {
        given.forEach((name, value) -> {
            if (!name.startsWith(HADOOP_PREFIX)) {
                keyOf(name).read(value);
            }
        });
        Configuration configuration = new Configuration(new TreeMap<>(given));
        configuration.requireRangeOfExecutors();
        return configuration;
    }

    private void requireRangeOfExecutors() {
        int min = get(Keys.EXECUTOR_MIN);
        int max = get(Keys.EXECUTOR_MAX);
        if (min > max) {
            throw new RaddleException(new Cause.InvalidInput(
                    Keys.EXECUTOR_MIN.name() + " is " + min + ", but " + Keys.EXECUTOR_MAX.name() + " is " + max + ".",
                    "Set the least to no more than the most."));
        }
    }

    private static ConfigKey<?> keyOf(String name) {
        return Optional.<ConfigKey<?>>ofNullable(Keys.BY_NAME.get(name)).orElseThrow(() -> unknown(name));
    }

    private static RaddleException unknown(String name) {
        String ours = name.startsWith(SPARK_PREFIX) ? Keys.PREFIX + name.substring(SPARK_PREFIX.length()) : name;
        String meant = Nearest.of(ours, Keys.BY_NAME.keySet())
                .map(nearest -> "Did you mean " + nearest + "? ")
                .orElse("");
        return new RaddleException(new Cause.InvalidInput(
                "There is no configuration key " + name + ".",
                meant + "All keys are listed in docs/configuration.md."));
    }

    /** The value of {@code key}, given or by default. */
    public <T> T get(ConfigKey<T> key) {
        return key.read(given.getOrDefault(key.name(), key.defaultText()));
    }

    /** Whether {@code key} was given. */
    public boolean isGiven(ConfigKey<?> key) {
        return given.containsKey(key.name());
    }

    /** What was given, by name, as text: {@link #parse} of it is equal to this. */
    public Map<String, String> asMap() {
        return given;
    }

    /** The given entries of the Hadoop configuration. */
    public Map<String, String> hadoop() {
        return hadoop(given);
    }

    /** The entries of the Hadoop configuration among {@code given}, whatever else that holds. */
    public static Map<String, String> hadoop(Map<String, String> given) {
        Map<String, String> entries = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(HADOOP_PREFIX)) {
                entries.put(name.substring(HADOOP_PREFIX.length()), value);
            }
        });
        return entries;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Configuration that && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
