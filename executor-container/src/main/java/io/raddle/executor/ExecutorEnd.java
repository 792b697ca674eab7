package io.raddle.executor;

/** What happens when an executor has come to its end: a process exits, local mode takes note. Any thread, any number of times. */
@FunctionalInterface
public interface ExecutorEnd {
    /** {@code code} is one of {@link ExitCode}; {@code why} is for the log. */
    void of(int code, String why);
}
