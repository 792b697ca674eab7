package io.raddle.executor;

/** With what an executor process ends; YARN reports it, and the application master turns it into a cause. */
public final class ExitCode {
    /** The driver said that the application is over, or that this executor is no longer needed. */
    public static final int DONE = 0;
    /** The command line or the environment is not what the launch promised. */
    public static final int USAGE = 2;
    /** Heap, metaspace or direct memory was full; the attempt's report names which. */
    public static final int OUT_OF_MEMORY = 52;
    /** No endpoint answered until the lease was over. */
    public static final int LEASE_OVER = 53;
    /** The endpoint refused this executor: wrong secret, or another version of the engine. */
    public static final int REFUSED = 54;
    /** A thread of the engine died; the log says of what. */
    public static final int DEFECT = 55;

    private ExitCode() {}
}
