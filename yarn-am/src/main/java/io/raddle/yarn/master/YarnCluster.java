package io.raddle.yarn.master;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * Containers from YARN, as the driver sees them. The work is {@link AllocationLoop}'s, which starts as soon as the
 * endpoint listens. Thread-safe.
 */
final class YarnCluster implements ClusterManager {
    private final ClusterTerms terms;
    private final YarnAccess yarn;
    private final Observed observed;
    private volatile Optional<AllocationLoop> loop = Optional.empty();

    YarnCluster(ClusterTerms terms, YarnAccess yarn, Observed observed) {
        this.terms = terms;
        this.yarn = yarn;
        this.observed = observed;
    }

    @Override
    public void start(ExecutorAddress address, ClusterEvents events) {
        AllocationLoop started = new AllocationLoop(terms, yarn, observed, events, address.port());
        loop = Optional.of(started);
        started.start();
    }

    @Override
    public void ask(Demand demand) {
        started(it -> it.want(demand));
    }

    @Override
    public void release(String container) {
        started(it -> it.release(container));
    }

    @Override
    public List<String> waiting() {
        return loop.map(AllocationLoop::waiting).orElse(List.of());
    }

    @Override
    public void progress(float done) {
        started(it -> it.progress(done));
    }

    /** Asks no more. The containers end with the application, whose end {@link #finish} tells. */
    @Override
    public void close() {
        started(AllocationLoop::close);
    }

    /** Ends the application at the ResourceManager and with it all containers; false when it was never registered. */
    boolean finish(FinalApplicationStatus status, String diagnostics)
            throws IOException, YarnException, InterruptedException {
        close();
        Optional<ResourceManagerLink> link = loop.flatMap(AllocationLoop::link);
        if (link.isPresent()) {
            link.get().finish(status, diagnostics);
        }
        return link.isPresent();
    }

    private void started(Consumer<AllocationLoop> action) {
        loop.ifPresent(action);
    }
}
