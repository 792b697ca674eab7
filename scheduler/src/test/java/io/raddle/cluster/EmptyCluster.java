package io.raddle.cluster;

import java.util.List;

/** A cluster that never grants anything. */
public interface EmptyCluster extends ClusterManager {
    @Override
    default void start(ExecutorAddress address, ClusterEvents events) {}

    @Override
    default void ask(Demand demand) {}

    @Override
    default void release(String container) {}

    @Override
    default List<String> waiting() {
        return List.of();
    }

    @Override
    default void progress(float done) {}

    @Override
    default void close() {}
}
