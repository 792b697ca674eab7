package io.raddle.yarn.master;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.hadoop.yarn.api.records.Resource;

/**
 * What the master asks YARN for, and how.
 *
 * @param host where the master is reached
 * @param executors how many are wanted before the driver says otherwise
 * @param memoryMib of each executor's container
 * @param cores of each executor's container, which is also how many tasks it runs at once
 * @param lastExecutor executors are numbered from the next one
 * @param launchDeadline how long a granted container may take until its executor attaches
 * @param pollInterval the longest pause between two calls to the ResourceManager
 * @param rackOf the rack of a host
 */
record ClusterTerms(
        String host,
        int executors,
        int memoryMib,
        int cores,
        int lastExecutor,
        Duration launchDeadline,
        Duration pollInterval,
        UnaryOperator<String> rackOf) {
    /** What each executor's container has. */
    Resource shape() {
        return Resource.newInstance(memoryMib, cores);
    }
}
