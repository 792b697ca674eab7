package io.raddle.io;

/**
 * The driver's side of an output: made before the first task, filled with what tasks committed when all have. Calls
 * block on the file system.
 */
public interface JobOutput {
    /** Makes the place that tasks write to; one that exists is refused. */
    void setUp();

    /** Publishes what all committed tasks wrote. */
    void commit();

    /** Removes what tasks wrote. */
    void abort();
}
