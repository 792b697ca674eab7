package io.raddle.pipeline;

import io.raddle.fault.RaddleException;

/** Carries what a function of the user threw through the engine to the end of its task. */
public final class UserFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UserFailure(Exception thrown) {
        super(null, thrown, false, false);
    }

    /** What to throw for an exception that came out of user code: engine failures pass through it unchanged. */
    public static RuntimeException of(Exception thrown) {
        if (thrown instanceof RaddleException engine) {
            return engine;
        }
        return thrown instanceof UserFailure known ? known : new UserFailure(thrown);
    }
}
