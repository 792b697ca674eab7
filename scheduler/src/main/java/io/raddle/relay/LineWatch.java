package io.raddle.relay;

import io.raddle.fault.Cause;

/** Who hears what a line meets. Safe for all threads; never blocks. */
public interface LineWatch {
    /** The driver is attached to the master at this address, for the first time or anew. */
    void attached(MasterFinder.Address master);

    /** The stream to the master broke; the line tries to attach anew. */
    void broke(String why);

    /** Somebody asks the application to end. */
    void cancelled(String by);

    /** The line is over without having been ended, and why. Told once. */
    void over(Cause cause);
}
