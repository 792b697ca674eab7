package io.raddle.yarn.client.console;

import java.util.Locale;

/** Time as people read it: "0.4 s", "3 min 07 s", "2 h 05 min". */
public final class Elapsed {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    private Elapsed() {}

    public static String text(long millis) {
        long seconds = millis / 1000;
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return seconds < HOUR
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / MINUTE, seconds % MINUTE)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / HOUR, seconds % HOUR / MINUTE);
    }
}
