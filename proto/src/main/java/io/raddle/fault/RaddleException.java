package io.raddle.fault;

/** An operation that ended with a {@link Cause}; the message is its sentences. */
public final class RaddleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    /** Of what went wrong, found by the engine itself. */
    public RaddleException(Cause cause) {
        super(cause.sentences());
        this.cause = cause;
    }

    /** Of what went wrong, with the exception that shows where. */
    public RaddleException(Cause cause, Throwable origin) {
        super(cause.sentences(), origin);
        this.cause = cause;
    }

    /** Why, as a type. */
    public Cause fault() {
        return cause;
    }
}
