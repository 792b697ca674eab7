package io.raddle.loader;

/** Ends the thread on which user code called System.exit; the {@link ExitHandler} has heard of it before. */
public final class UserExitError extends Error {
    private static final long serialVersionUID = 1L;

    private final int code;

    UserExitError(int code) {
        super("System.exit(" + code + ")");
        this.code = code;
    }

    /** The exit code that was asked for. */
    public int code() {
        return code;
    }
}
