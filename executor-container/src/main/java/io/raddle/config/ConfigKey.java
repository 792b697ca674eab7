package io.raddle.config;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.wire.PortRange;
import java.time.Duration;
import java.util.List;

/** One thing that can be configured, by its full name, with the type that its text is read as. Immutable. */
public final class ConfigKey<T> {
    private final String name;
    private final ValueType<T> type;
    private final String defaultText;
    private final String doc;

    private ConfigKey(String name, ValueType<T> type, String defaultText, String doc) {
        this.name = name;
        this.type = type;
        this.defaultText = defaultText;
        this.doc = doc;
    }

    static ConfigKey<Integer> integer(String name, int byDefault, int least, int most, String doc) {
        return new ConfigKey<>(name, new ValueType.Whole(least, most), Integer.toString(byDefault), doc);
    }

    /** A number of bytes. */
    static ConfigKey<Long> bytes(String name, String byDefault, String least, String most, String doc) {
        return new ConfigKey<>(name, new ValueType.Bytes(least, most), byDefault, doc);
    }

    static ConfigKey<Duration> duration(String name, String byDefault, String least, String most, String doc) {
        return new ConfigKey<>(name, new ValueType.Time(least, most), byDefault, doc);
    }

    static ConfigKey<String> choice(String name, String byDefault, List<String> choices, String doc) {
        return new ConfigKey<>(name, new ValueType.Choice(choices), byDefault, doc);
    }

    /** Text that a regular expression matches; {@code expected} says so in words. */
    static ConfigKey<String> text(String name, String byDefault, String regex, String expected, String doc) {
        return new ConfigKey<>(name, new ValueType.Text(regex, expected), byDefault, doc);
    }

    static ConfigKey<PortRange> ports(String name, String doc) {
        return new ConfigKey<>(name, new ValueType.Ports(), "", doc);
    }

    /** As it is written in a properties file. */
    public String name() {
        return name;
    }

    /** The text that counts when nothing is given; empty when that depends on other things, as the doc then says. */
    public String defaultText() {
        return defaultText;
    }

    /** What can be given, in words. */
    public String expected() {
        return type.expected();
    }

    /** What it does, in one line. */
    public String doc() {
        return doc;
    }

    /** The value that {@code text} means, or a refusal that says what would do. */
    public T read(String text) {
        try {
            return type.read(text.strip());
        } catch (IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            name + "=" + text + " " + e.getMessage() + ".", "Give " + type.expected() + "."),
                    e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
