package io.raddle.yarn.master;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Demand;
import io.raddle.cluster.ExecutorAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * Containers from YARN, as the driver sees them. The work is {@link AllocationLoop}'s, which starts as soon as the
 * endpoint listens. Thread-safe.
 */
final class YarnCluster implements ClusterManager {
    /** A ResourceManager that restarts is away for a minute or so. */
    private static final Duration REGISTRATION = Duration.ofMinutes(3);

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

    /**
     * Ends the application at the ResourceManager and with it all containers. A short program may be done before the
     * master is registered, and only a registered one can say how it ended, so this waits for that.
     */
    void finish(FinalApplicationStatus status, String diagnostics)
            throws IOException, YarnException, InterruptedException {
        close();
        registered()
                .orElseThrow(() -> new IOException("The master could not be registered with the ResourceManager."))
                .finish(status, diagnostics);
    }

    private Optional<ResourceManagerLink> registered() throws InterruptedException {
        CompletableFuture<Optional<ResourceManagerLink>> link =
                loop.map(AllocationLoop::link).orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
        try {
            return link.get(REGISTRATION.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the link is never completed exceptionally", e);
        }
    }

    private void started(Consumer<AllocationLoop> action) {
        loop.ifPresent(action);
    }
}
