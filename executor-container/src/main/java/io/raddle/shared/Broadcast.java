package io.raddle.shared;

import java.io.Serializable;

/**
 * A value that every executor gets once, however many tasks use it; made by {@code Session.broadcast}. A function that
 * captures it carries its number only. On an executor the value is fetched at the first {@link #value()}, in pieces from
 * other executors where they have them, and all tasks there share one copy: it must not be changed. The value is
 * serialized when it is broadcast, so a change that the program makes later is seen by no task. Safe for all threads.
 */
public interface Broadcast<T> extends Serializable {
    /** Its number, which no other broadcast of the application has. */
    int id();

    /**
     * The value: in the program the object that was broadcast, in a task the executor's copy of it.
     *
     * @throws io.raddle.fault.RaddleException if it was destroyed; says where it was made
     */
    T value();

    /** Frees what executors hold of it, soon; a task that uses it later fetches it again. Only in the program. */
    void unpersist();

    /**
     * Frees all that is held of it, soon and for good: using it afterwards is an error, also in tasks that are still to
     * run. Without a call this happens when neither the program nor a function that it gave to an operation can reach
     * the broadcast any more. Only in the program.
     */
    void destroy();
}
