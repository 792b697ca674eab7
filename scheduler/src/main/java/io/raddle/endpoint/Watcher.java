package io.raddle.endpoint;

/** Someone who is told what is new, a step at a time. */
interface Watcher {
    /** Tells what is new without waiting, {@code ended} once nothing more will come; false when there is no further step. */
    boolean step(boolean ended);
}
