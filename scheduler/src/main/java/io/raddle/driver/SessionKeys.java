package io.raddle.driver;

import io.raddle.config.ConfigKey;
import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a session of a submitted program sets in code. Driver and executors run by then, so only keys that each job reads
 * anew can still be set, and what was given to the submit prevails as it does over a properties file.
 */
record SessionKeys(Configuration asked) {
    /** Refuses unknown keys and values out of range, whether they can be set here or not. */
    static SessionKeys of(Map<String, String> asked) {
        return new SessionKeys(Configuration.parse(asked));
    }

    /** The session's configuration where the host has this one. */
    Configuration under(Configuration host) {
        Map<String, String> all = new TreeMap<>(asked.asMap());
        all.keySet().removeIf(name -> !canBeSet(name));
        all.putAll(host.asMap());
        return Configuration.parse(all);
    }

    /** A sentence on keys that have no effect any more and ask for something else than the host has. */
    Optional<String> tooLate(Configuration host) {
        String names = asked.asMap().entrySet().stream()
                .filter(entry -> !canBeSet(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(host.asMap().get(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The program sets " + names + " in code, which is too late in a program that was submitted."
                                + " Give it to yarn-submit with --conf.");
    }

    private static boolean canBeSet(String name) {
        return Stream.of(
                        Keys.DEFAULT_PARALLELISM,
                        Keys.TASK_MAX_ATTEMPTS,
                        Keys.TEXT_SPLIT_MIN,
                        Keys.TEXT_SPLIT_MAX,
                        Keys.RESULT_MAX)
                .map(ConfigKey::name)
                .anyMatch(name::equals);
    }
}
