package io.raddle.driver;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;

/**
 * How many executors an application has.
 *
 * @param min those that it keeps without work too
 * @param first those that are asked for at its start, before there is work
 * @param max the most, however much work there is
 */
public record ExecutorRange(int min, int first, int max) {
    private static final int FIRST = 2;

    /** Always {@code executors}, or as many as the work deserves where that is 0. */
    public static ExecutorRange of(int executors, Configuration configuration) {
        if (executors > 0) {
            return new ExecutorRange(executors, executors, executors);
        }
        int min = configuration.get(Keys.EXECUTOR_MIN);
        int max = configuration.get(Keys.EXECUTOR_MAX);
        return new ExecutorRange(min, Math.min(max, Math.max(min, FIRST)), max);
    }
}
