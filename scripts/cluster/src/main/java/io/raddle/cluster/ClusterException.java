package io.raddle.cluster;

/** A failure that the caller can understand and mend: the message is the whole of what is shown. */
final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private ClusterException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static ClusterException usage(String message) {
        return new ClusterException(2, message);
    }

    static ClusterException failure(String message) {
        return new ClusterException(1, message);
    }

    int exitCode() {
        return exitCode;
    }
}
