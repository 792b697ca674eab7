package io.raddle.cluster;

import java.util.List;

/**
 * Grants containers and starts an executor in each. The driver's thread calls it, one call at a time, and none may
 * block; events go to the listener from any thread.
 */
public interface ClusterManager extends AutoCloseable {
    /** Called once and first: where executors attach, and who hears of containers. */
    void start(ExecutorAddress address, ClusterEvents events);

    /** What the driver wants from now on; replaces what it asked before, containers already granted included. */
    void ask(Demand demand);

    /** Gives a container back, whether its executor has ended or not; {@link ClusterEvents#ended} follows. */
    void release(String container);

    /** Why containers that were asked for are not here yet, one sentence each; empty when nothing is owed. */
    List<String> waiting();

    /** How much of the known work is done, from 0 to 1, for those who watch from outside. */
    void progress(float done);

    /** Ends all containers and their executors, and waits for it within a bound. */
    @Override
    void close();
}
