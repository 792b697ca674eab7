package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.yarn.launch.ExecutorPlace;
import java.util.List;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NMToken;

/** Starts executors in containers. Safe for all threads; never blocks. */
interface Launching extends AutoCloseable {
    /** Takes the tokens without which NodeManagers refuse; they come with the first container on each. */
    void tokens(List<NMToken> tokens);

    /** Starts the executor soon, and tells how that went on any thread. */
    void start(Container container, ExecutorPlace place, Outcome outcome);

    @Override
    void close();

    /** Hears of one start. */
    interface Outcome {
        /** The NodeManager starts it. */
        void started();

        /** The NodeManager did not take it. */
        void failed(Cause cause);
    }
}
