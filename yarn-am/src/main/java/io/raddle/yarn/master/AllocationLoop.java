package io.raddle.yarn.master;

import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.Demand;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.yarn.launch.ExecutorPlace;
import io.raddle.yarn.master.Fleet.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread ("raddle-allocate") that registers the master, then asks the ResourceManager again and again, starts
 * executors in what it grants and tells the driver. All state belongs to it; other threads queue commands.
 */
final class AllocationLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationLoop.class);
    private static final long STOP_MILLIS = 2000;
    /** More than the two that wait at most for each of the most executors that can be asked for. */
    private static final int MAX_COMMANDS = 1 << 18;

    private static final long REATTACH_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long AVOID_NANOS = Duration.ofSeconds(5).toNanos();

    private final ClusterTerms terms;
    private final YarnAccess yarn;
    private final Observed observed;
    private final ClusterEvents events;
    private final int endpointPort;
    private final Allocation allocation;
    private final Fleet fleet;
    private final Inherited inherited = new Inherited(REATTACH_NANOS);
    private final LaunchFailures failures = new LaunchFailures();
    private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>(MAX_COMMANDS);
    private final AtomicReference<Optional<Demand>> demand = new AtomicReference<>(Optional.empty());
    private final PollPace pace;
    private final CompletableFuture<Optional<ResourceManagerLink>> link = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "raddle-allocate");

    private int wanted;
    private long grantedAt = System.nanoTime();
    private int nodes = 1;
    private volatile Optional<WaitingLine> line = Optional.empty();
    private volatile float progress;
    private volatile boolean closed;

    AllocationLoop(ClusterTerms terms, YarnAccess yarn, Observed observed, ClusterEvents events, int endpointPort) {
        this.terms = terms;
        this.yarn = yarn;
        this.observed = observed;
        this.events = events;
        this.endpointPort = endpointPort;
        this.allocation = new Allocation(terms.shape(), terms.rackOf());
        this.fleet = new Fleet(terms.rackOf(), terms.launchDeadline(), terms.lastExecutor());
        this.pace = new PollPace(System.nanoTime(), terms.pollInterval());
        this.wanted = terms.executors();
        allocation.want(Demand.anywhere(wanted));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void want(Demand demand) {
        // Only the last one counts, so at most one waits.
        if (this.demand.getAndSet(Optional.of(demand)).isEmpty()) {
            commands.add(this::takeDemand);
        }
    }

    private void takeDemand() {
        demand.getAndSet(Optional.empty()).ifPresent(latest -> {
            wanted = latest.executors();
            allocation.want(latest);
            pace.demandChanged(System.nanoTime());
        });
    }

    void release(String container) {
        commands.add(() -> {
            allocation.release(ContainerId.fromString(container));
            allocation.wantOneLess();
        });
    }

    void progress(float done) {
        progress = done;
    }

    List<String> waiting() {
        return line.map(WaitingLine::sentences).orElse(List.of());
    }

    /**
     * The conversation with the ResourceManager, to be gone on with after {@link #close}. Completed when the master is
     * registered, or empty when it never will be.
     */
    CompletableFuture<Optional<ResourceManagerLink>> link() {
        return link;
    }

    @Override
    public void close() {
        closed = true;
        commands.add(() -> {});
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            converse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RaddleException e) {
            refuse(e.fault());
        } catch (IOException | YarnException e) {
            LOG.warn("The ResourceManager refused", e);
            refuse(new Cause.ClusterRefused(
                    "The ResourceManager did not take what was asked of it: " + e.getMessage(),
                    "Mend what it names, or ask the cluster's administrator, and submit again."));
        } catch (RuntimeException e) {
            LOG.error("The allocation of containers failed", e);
            refuse(new Cause.InternalError("the allocation of containers failed: " + e, ""));
        } finally {
            link.complete(Optional.empty());
        }
    }

    private void refuse(Cause cause) {
        if (!closed) {
            events.refused(cause);
        }
    }

    private void converse() throws IOException, YarnException, InterruptedException {
        ResourceManagerLink manager = new ResourceManagerLink(yarn.resourceManager(), terms.host(), endpointPort);
        RegisterApplicationMasterResponse registration = manager.register();
        link.complete(Optional.of(manager));
        checkSize(registration.getMaximumResourceCapability());
        inherit(registration.getContainersFromPreviousAttempts());
        WaitingReasons reasons = new WaitingReasons(registration.getQueue(), terms.shape());
        try (Launching launching = yarn.nodeManagers(registration, endpointPort);
                WaitingLine waiting = new WaitingLine(reasons, yarn.probe(registration.getQueue()))) {
            line = Optional.of(waiting);
            launching.tokens(registration.getNMTokensFromPreviousAttempts());
            while (!closed) {
                turn(manager, launching, waiting);
                Runnable command =
                        commands.poll(pace.next(System.nanoTime(), allocation.missing()), TimeUnit.NANOSECONDS);
                while (command != null) {
                    command.run();
                    command = commands.poll();
                }
            }
        }
    }

    /** Executors of an earlier attempt are as good as new ones: they find this one's endpoint and attach. */
    private void inherit(List<Container> containers) {
        long now = System.nanoTime();
        for (Container container : containers) {
            allocation.hold(container);
            inherited.add(container, now);
            LOG.info("{} is left by an earlier attempt; its executor may attach", container.getId());
        }
    }

    private void checkSize(Resource maximum) {
        Resource shape = terms.shape();
        if (shape.getMemorySize() > maximum.getMemorySize() || shape.getVirtualCores() > maximum.getVirtualCores()) {
            throw new RaddleException(new Cause.ClusterRefused(
                    "An executor of " + shape.getMemorySize() + " MiB and " + shape.getVirtualCores()
                            + " cores is larger than this cluster allows: " + maximum.getMemorySize() + " MiB and "
                            + maximum.getVirtualCores() + " cores.",
                    "Ask for less with --executor-memory and --executor-cores."));
        }
    }

    /** One call to the ResourceManager and what follows from it. */
    private void turn(ResourceManagerLink manager, Launching launching, WaitingLine waiting)
            throws IOException, YarnException {
        Allocation.Ask ask = allocation.next();
        Optional<AllocateResponse> answered = manager.allocate(ask, progress, observed.trackingUrl());
        if (answered.isEmpty()) {
            allocation.forgetWhatWasAsked();
            return;
        }
        AllocateResponse response = answered.get();
        long now = System.nanoTime();
        nodes = response.getNumClusterNodes();
        Allocation.Answer answer = allocation.take(ask, response);
        launching.tokens(response.getNMTokens());
        answer.granted().forEach(container -> launch(launching, container, now));
        Set<String> attached = observed.attachedContainers();
        fleet.attached(attached)
                .forEach(member -> failures.attached(member.node().host()));
        fleet.overdue(now).forEach(this::giveUp);
        inherited.attached(attached);
        inherited.overdue(now).forEach(this::disown);
        answer.ended().forEach(this::ended);
        if (terms.lastExecutor() > 0) {
            answer.unknown().forEach(this::endedBefore);
        }
        response.getUpdatedNodes().forEach(this::nodeChanged);
        pardon(now, !answer.granted().isEmpty());
        waiting.update(now, allocation.missing(), failures.last(), response);
    }

    /** Hosts that are avoided may be all there are: better to fail there again, and in the end for good, than to wait. */
    private void pardon(long now, boolean granted) {
        if (granted || allocation.missing() == 0) {
            grantedAt = now;
        } else if (allocation.avoidsAny() && now - grantedAt >= AVOID_NANOS) {
            grantedAt = now;
            allocation.pardonAll();
        }
    }

    private void launch(Launching launching, Container container, long now) {
        Fleet.Member member = fleet.granted(container, now);
        ExecutorPlace place = new ExecutorPlace(
                member.executor(),
                container.getId().getContainerId(),
                member.node(),
                member.rack(),
                Math.toIntExact(container.getResource().getMemorySize()));
        launching.start(container, place, new Launching.Outcome() {
            @Override
            public void started() {
                commands.add(() -> tellGranted(member));
            }

            @Override
            public void failed(Cause cause) {
                commands.add(() -> abandon(member, cause));
            }
        });
    }

    private void tellGranted(Fleet.Member member) {
        fleet.told(member.name())
                .ifPresent(it -> events.granted(new io.raddle.cluster.Container(
                        it.name(), it.executor(), it.node(), it.rack(), terms.cores())));
    }

    private void giveUp(Fleet.Member member) {
        abandon(
                member,
                new Cause.LaunchFailed(
                        member.node().toString(),
                        "its executor did not attach within "
                                + terms.launchDeadline().toSeconds() + " s."));
    }

    /** Gives the container back; its end is told when YARN says that it is over. */
    private void abandon(Fleet.Member member, Cause cause) {
        fleet.foretell(member, cause);
        allocation.release(member.container().getId());
        pace.demandChanged(System.nanoTime());
    }

    private void disown(ContainerId container) {
        LOG.info("{} goes back: its executor did not attach to this attempt", container);
        allocation.release(container);
        pace.demandChanged(System.nanoTime());
    }

    private void ended(Allocation.Ended ended) {
        inherited.ended(ended).ifPresent(cause -> {
            LOG.info("{} is over: {}", ended.container().getId(), cause.happened());
            events.ended(ended.container().getId().toString(), cause);
            pace.demandChanged(System.nanoTime());
        });
        fleet.ended(ended).ifPresent(loss -> {
            LOG.info("{} is over: {}", loss.member().name(), loss.cause().happened());
            if (loss.member().stage() != Stage.GRANTED) {
                events.ended(loss.member().name(), loss.cause());
            }
            pace.demandChanged(System.nanoTime());
            if (loss.member().stage() != Stage.ATTACHED) {
                neverAttached(loss);
            } else if (loss.cause() instanceof Cause.ExecutorExited exit && exit.exitCode() == 0) {
                allocation.wantOneLess();
            }
        });
    }

    /** One of an earlier attempt that ended while there was no master: only a driver elsewhere can know its executor. */
    private void endedBefore(ContainerStatus status) {
        String container = status.getContainerId().toString();
        events.ended(
                container,
                new Cause.ExecutorExited(
                        "a node (" + container + ")",
                        status.getExitStatus(),
                        "there was no application master meanwhile."));
    }

    private void neverAttached(Fleet.Loss loss) {
        String host = loss.member().node().host();
        LaunchFailures.Verdict verdict = failures.failed(host, loss.cause(), wanted, nodes);
        if (verdict.avoidHost()) {
            allocation.avoid(host);
        }
        verdict.giveUp().ifPresent(events::refused);
    }

    private void nodeChanged(NodeReport report) {
        var node = new io.raddle.id.NodeId(
                report.getNodeId().getHost(), report.getNodeId().getPort());
        switch (report.getNodeState()) {
            case DECOMMISSIONING -> events.leaving(node);
            // A node that came back as another one has cleared its directories.
            case LOST, DECOMMISSIONED, SHUTDOWN, REBOOTED -> events.lost(node);
            default -> {}
        }
    }
}
