package io.raddle.loader;

/** The process that hosts an application, as seen when the application wants to end it. */
@FunctionalInterface
public interface ExitHandler {
    /**
     * User code called System.exit or the like; called on the thread that did, which may be any, before the call ends in
     * a {@link UserExitError} that user code might swallow.
     */
    void exit(int code);
}
