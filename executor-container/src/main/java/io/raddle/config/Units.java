package io.raddle.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes ({@code 512m}, {@code 1g}) and times ({@code 200ms}, {@code 3s}); the unit must be there, except after 0. */
final class Units {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");
    private static final Map<String, Integer> SHIFTS = Map.of("b", 0, "k", 10, "m", 20, "g", 30, "t", 40);
    private static final Map<String, ChronoUnit> TIMES = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Units() {}

    /** The bytes that {@code text} means, or IllegalArgumentException: {@code is not a size} and the like. */
    static long bytes(String text) {
        Matcher shape = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        String problem = "is not a size";
        if (shape.matches()) {
            long number = Long.parseLong(shape.group(1));
            Integer shift = number == 0 && shape.group(2).isEmpty()
                    ? Integer.valueOf(0)
                    : SHIFTS.get(shape.group(2).replaceFirst("(?<=[kmgt])i?b$", ""));
            if (shift != null && number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
            problem = shape.group(2).isEmpty() ? "has no unit" : problem;
        }
        throw new IllegalArgumentException(problem);
    }

    /** The time that {@code text} means, or IllegalArgumentException: {@code is not a time} and the like. */
    static Duration duration(String text) {
        Matcher shape = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        String problem = "is not a time";
        if (shape.matches()) {
            long number = Long.parseLong(shape.group(1));
            if (number == 0 && shape.group(2).isEmpty()) {
                return Duration.ZERO;
            }
            ChronoUnit unit = TIMES.get(shape.group(2));
            if (unit != null && number <= Long.MAX_VALUE / unit.getDuration().toMillis() / 1_000_000) {
                return Duration.of(number, unit);
            }
            problem = shape.group(2).isEmpty() ? "has no unit" : problem;
        }
        throw new IllegalArgumentException(problem);
    }
}
