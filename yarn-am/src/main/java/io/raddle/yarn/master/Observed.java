package io.raddle.yarn.master;

import java.util.Set;

/** What the allocating thread looks at. Safe for all threads; never blocks for long. */
interface Observed {
    /** Where the status page is; empty while there is none. */
    String trackingUrl();

    /** The containers whose executors have attached. */
    Set<String> attachedContainers();
}
