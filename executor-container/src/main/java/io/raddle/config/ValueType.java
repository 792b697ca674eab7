package io.raddle.config;

import io.raddle.wire.PortRange;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the text of a key is read. {@code read} throws IllegalArgumentException whose message goes on after
 * {@code key=text}; {@code expected} goes on after "Give".
 */
sealed interface ValueType<T> {
    T read(String text);

    String expected();

    private static <T extends Comparable<T>> T within(T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("is out of range");
        }
        return value;
    }

    record Whole(int least, int most) implements ValueType<Integer> {
        @Override
        public Integer read(String text) {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not a whole number", e);
            }
            return within(value, least, most);
        }

        @Override
        public String expected() {
            return "a whole number from " + least + " to " + most;
        }
    }

    record Bytes(String least, String most) implements ValueType<Long> {
        @Override
        public Long read(String text) {
            return within(Units.bytes(text), Units.bytes(least), Units.bytes(most));
        }

        @Override
        public String expected() {
            return "a size with its unit (b, k, m, g, t) from " + least + " to " + most;
        }
    }

    record Time(String least, String most) implements ValueType<Duration> {
        @Override
        public Duration read(String text) {
            return within(Units.duration(text), Units.duration(least), Units.duration(most));
        }

        @Override
        public String expected() {
            return "a time with its unit (ms, s, m, h, d) from " + least + " to " + most;
        }
    }

    record Choice(List<String> choices) implements ValueType<String> {
        @Override
        public String read(String text) {
            if (!choices.contains(text)) {
                throw new IllegalArgumentException("is not one of " + String.join(", ", choices));
            }
            return text;
        }

        @Override
        public String expected() {
            return String.join(" or ", choices);
        }
    }

    record Text(String regex, String expected) implements ValueType<String> {
        @Override
        public String read(String text) {
            if (!Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches()) {
                throw new IllegalArgumentException("cannot be used");
            }
            return text;
        }
    }

    record Ports() implements ValueType<PortRange> {
        @Override
        public PortRange read(String text) {
            return PortRange.parse(text);
        }

        @Override
        public String expected() {
            return "first-last with ports from 1024 to 65535, or nothing for any free port";
        }
    }
}
