package io.raddle.broadcast;

import org.jspecify.annotations.Nullable;

/** How a task gets at the values of broadcasts. Safe for all threads. */
public interface BroadcastScope {
    /** This executor's copy of the value, fetched if need be. */
    @Nullable
    Object value(BroadcastName name);
}
