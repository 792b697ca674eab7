package io.raddle.relay;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.cluster.ClusterEvents;
import io.raddle.cluster.ClusterManager;
import io.raddle.cluster.Container;
import io.raddle.cluster.Demand;
import io.raddle.endpoint.Attachment;
import io.raddle.endpoint.ContentSource;
import io.raddle.endpoint.Endpoint;
import io.raddle.endpoint.LinkEvents;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.StageId;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ApplicationStatus.State;
import io.raddle.proto.CancelRequest;
import io.raddle.proto.CauseMessage;
import io.raddle.proto.Chunk;
import io.raddle.proto.ContainerDemand;
import io.raddle.proto.ContainerEnded;
import io.raddle.proto.ContainerGranted;
import io.raddle.proto.ContainerWait;
import io.raddle.proto.ContentWanted;
import io.raddle.proto.DriverDown;
import io.raddle.proto.DriverEnd;
import io.raddle.proto.DriverEndpointGrpc;
import io.raddle.proto.DriverGone;
import io.raddle.proto.DriverHello;
import io.raddle.proto.DriverUp;
import io.raddle.proto.DriverWelcome;
import io.raddle.proto.ExecutorAttached;
import io.raddle.proto.ExecutorDetached;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;
import io.raddle.proto.NodeDeparture;
import io.raddle.proto.RelayedFrame;
import io.raddle.proto.ResultRequest;
import io.raddle.proto.SupplyAnswer;
import io.raddle.proto.SupplyChunk;
import io.raddle.wire.ChunkedContent;
import io.raddle.wire.Protocol;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The master's half of the relay. Passes on what either side says as it comes: what executors send is bounded by the
 * credit that the driver grants each, what the driver sends by what it keeps until it is acknowledged. While no driver is
 * attached, frames are dropped; their senders still have them. Thread-safe: who is attached changes under the gate's
 * lock, and so does the book of containers, so that a welcome and the events after it leave nothing out.
 */
final class DriverGate extends DriverEndpointGrpc.DriverEndpointImplBase implements LinkEvents, ClusterEvents {
    private static final long STEP_MILLIS = 250;

    private final RelaySettings settings;
    private final ClusterManager cluster;
    private final ContentCache contents;
    private final ContainerBook containers = new ContainerBook();
    private final Map<ExecutorId, Hello> hellos = new ConcurrentHashMap<>();
    private final CompletableFuture<DriverEnd> end = new CompletableFuture<>();
    private final CountDownLatch driverGone = new CountDownLatch(1);
    private final ScheduledExecutorService stepper;
    private volatile Optional<Endpoint> endpoint = Optional.empty();
    private volatile Optional<Caller> current = Optional.empty();
    private volatile ApplicationStatus status = ApplicationStatus.getDefaultInstance();
    private volatile Optional<String> cancelledBy = Optional.empty();
    private volatile long heardNanos = System.nanoTime();
    private List<String> waiting = List.of();
    private @Nullable DriverHello owner;

    DriverGate(RelaySettings settings, ClusterManager cluster) {
        this.settings = settings;
        this.cluster = cluster;
        Path directory = settings.endpoint().directory().resolve("relayed");
        this.contents = new ContentCache(directory, settings.endpoint().maxBytes(), this::want);
        this.stepper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "raddle-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Lets the driver in from now on. */
    void open(Endpoint served) {
        endpoint = Optional.of(served);
        heardNanos = System.nanoTime();
        stepper.scheduleWithFixedDelay(this::step, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    ContentSource contents() {
        return contents;
    }

    ApplicationStatus status() {
        return status;
    }

    CompletableFuture<DriverEnd> end() {
        return end;
    }

    Set<String> attachedContainers() {
        Set<String> attached = new HashSet<>();
        hellos.values().forEach(hello -> attached.add(hello.getContainer()));
        return attached;
    }

    void cancel(String by) {
        cancelledBy = Optional.of(by);
        tell(DriverDown.newBuilder().setCancel(CancelRequest.newBuilder().setBy(by)));
    }

    /** Tells the driver that all is over; false when it does not go in time, or is not there. */
    boolean sayGone(Duration bound) throws InterruptedException {
        Optional<Caller> attached = current;
        if (attached.isEmpty()) {
            return false;
        }
        attached.get().send(DriverDown.newBuilder().setEnded(DriverGone.getDefaultInstance()));
        return driverGone.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        stepper.shutdownNow();
    }

    private void step() {
        if (System.nanoTime() - heardNanos > settings.lease().toNanos()) {
            end.complete(DriverEnd.newBuilder()
                    .setState(State.FAILED)
                    .setExitCode(1)
                    .setCause(CauseCodec.encode(new Cause.DriverLost(
                            "nothing was heard of it for " + settings.lease().toSeconds() + " s.")))
                    .build());
        }
        List<String> now = cluster.waiting();
        if (!now.equals(waiting)) {
            waiting = now;
            tell(waits(now));
        }
    }

    private static DriverDown.Builder waits(List<String> sentences) {
        return DriverDown.newBuilder().setWaiting(ContainerWait.newBuilder().addAllSentences(sentences));
    }

    private void want(Sha256 identity) {
        tell(DriverDown.newBuilder().setWanted(ContentWanted.newBuilder().setSha256(identity.bytes())));
    }

    private void tell(DriverDown.Builder message) {
        current.ifPresent(caller -> caller.send(message));
    }

    // What executors say.

    @Override
    public void attached(Attachment attachment, Hello hello) {
        hellos.put(attachment.executor(), hello);
        tell(DriverDown.newBuilder()
                .setAttached(ExecutorAttached.newBuilder()
                        .setExecutor(attachment.executor().number())
                        .setIncarnation(attachment.incarnation())
                        .setNumber(attachment.number())
                        .setHello(hello)));
    }

    @Override
    public void received(Attachment attachment, ExecutorFrame frame) {
        tell(DriverDown.newBuilder()
                .setFrame(
                        RelayedFrame.newBuilder().setNumber(attachment.number()).setFrame(frame)));
    }

    @Override
    public void detached(Attachment attachment) {
        tell(DriverDown.newBuilder()
                .setDetached(ExecutorDetached.newBuilder()
                        .setExecutor(attachment.executor().number())
                        .setNumber(attachment.number())));
    }

    // What the cluster says.

    @Override
    public void granted(Container container) {
        ContainerGranted message;
        synchronized (this) {
            message = containers.granted(container);
        }
        tell(DriverDown.newBuilder().setGranted(message));
    }

    @Override
    public void ended(String container, Cause cause) {
        ContainerEnded message;
        synchronized (this) {
            message = containers.ended(container, cause);
        }
        hellos.values().removeIf(hello -> hello.getContainer().equals(container));
        tell(DriverDown.newBuilder().setContainerEnded(message));
    }

    @Override
    public void refused(Cause cause) {
        CauseMessage message;
        synchronized (this) {
            message = containers.refused(cause);
        }
        tell(DriverDown.newBuilder().setRefused(message));
    }

    @Override
    public void leaving(NodeId node) {
        tell(DriverDown.newBuilder()
                .setDeparture(NodeDeparture.newBuilder().setHost(node.host()).setNodePort(node.port())));
    }

    @Override
    public void lost(NodeId node) {
        tell(DriverDown.newBuilder()
                .setDeparture(NodeDeparture.newBuilder()
                        .setHost(node.host())
                        .setNodePort(node.port())
                        .setGone(true)));
    }

    // What the driver calls.

    @Override
    public StreamObserver<DriverUp> attach(StreamObserver<DriverDown> driver) {
        Caller caller = new Caller((ServerCallStreamObserver<DriverDown>) driver);
        ((ServerCallStreamObserver<DriverDown>) driver).setOnCancelHandler(caller::leave);
        return caller;
    }

    @Override
    public StreamObserver<SupplyChunk> supply(StreamObserver<SupplyAnswer> driver) {
        return new Supplying(contents, driver);
    }

    @Override
    public void takeResult(ResultRequest request, StreamObserver<Chunk> driver) {
        ChunkedContent<Chunk> sending = ChunkedContent.to((ServerCallStreamObserver<Chunk>) driver);
        try {
            Optional<InputStream> result = endpoint.isPresent()
                    ? endpoint.get().openResult(AttemptIdCodec.decode(request.getAttempt()))
                    : Optional.empty();
            result.ifPresentOrElse(
                    sending::begin,
                    () -> sending.refuse(Status.NOT_FOUND.withDescription("The result is not here (any more).")));
        } catch (IOException e) {
            sending.refuse(Status.INTERNAL.withDescription(e.getMessage()).withCause(e));
        }
    }

    /** Makes this stream the driver's, or says why not. */
    private Optional<Status> admit(Caller caller, DriverHello hello) {
        if (hello.getProtocolVersion() != Protocol.VERSION) {
            return Optional.of(Status.FAILED_PRECONDITION.withDescription("The driver (" + hello.getEngineVersion()
                    + ") speaks protocol " + hello.getProtocolVersion() + " and the application master speaks "
                    + Protocol.VERSION + ": both must come from one build of Raddle."));
        }
        Optional<Caller> before;
        synchronized (this) {
            if (end.isDone()) {
                return Optional.of(Status.FAILED_PRECONDITION.withDescription("The application has ended."));
            }
            if (endpoint.isEmpty()) {
                return Optional.of(Status.UNAVAILABLE.withDescription("The application master is starting."));
            }
            if (owner != null && !owner.getSessionToken().equals(hello.getSessionToken())) {
                return Optional.of(Status.PERMISSION_DENIED.withDescription(
                        "The application belongs to another driver, and only one can drive it."));
            }
            owner = hello;
            heardNanos = System.nanoTime();
            before = current;
            DriverWelcome.Builder welcome = DriverWelcome.newBuilder().setAttempt(settings.attempt());
            containers.tell(welcome);
            caller.send(DriverDown.newBuilder().setWelcome(welcome));
            containers
                    .refused()
                    .ifPresent(cause -> caller.send(DriverDown.newBuilder().setRefused(cause)));
            current = Optional.of(caller);
        }
        before.ifPresent(it -> it.end(Status.ABORTED.withDescription("The driver attached again.")));
        begin();
        return Optional.empty();
    }

    /** What executors have said so far was said to nobody: they attach anew, and say what they hold. */
    private void begin() {
        Endpoint served = endpoint.orElseThrow();
        served.listen(this);
        served.disconnectAll("The driver attached anew.");
        contents.askAgain();
        tell(waits(cluster.waiting()));
        cancelledBy.ifPresent(this::cancel);
    }

    private void act(DriverUp message) {
        Endpoint served = endpoint.orElseThrow();
        heardNanos = System.nanoTime();
        switch (message.getKindCase()) {
            case FRAME -> served.send(message.getFrame());
            case GRANT ->
                served.grant(
                        new ExecutorId(message.getGrant().getExecutor()),
                        message.getGrant().getFrames());
            case DISCONNECT ->
                served.disconnect(
                        new ExecutorId(message.getDisconnect().getExecutor()),
                        message.getDisconnect().getWhy());
            case DROP_RESULT -> served.dropResult(AttemptIdCodec.decode(message.getDropResult()));
            case STAGE_OVER ->
                served.forgetResults(new StageId(message.getStageOver().getStage()));
            case DEMAND -> cluster.ask(demand(message.getDemand()));
            case RELEASE -> cluster.release(message.getRelease().getContainer());
            case STATUS -> status = message.getStatus();
            case CONTENT_OVER ->
                contents.forget(Sha256.ofDigest(message.getContentOver().getSha256()));
            case BEAT -> cluster.progress(message.getBeat().getProgress());
            case END -> end.complete(message.getEnd());
            case HELLO, KIND_NOT_SET ->
                tell(DriverDown.newBuilder()
                        .setRefused(CauseCodec.encode(new Cause.InternalError(
                                "the driver said something that its master does not know: " + message.getKindCase(),
                                ""))));
        }
    }

    private static Demand demand(ContainerDemand message) {
        return new Demand(message.getExecutors(), new TreeMap<>(message.getTasksByHostMap()));
    }

    private synchronized boolean isCurrent(Caller caller) {
        return current.filter(caller::equals).isPresent();
    }

    private synchronized void left(Caller caller) {
        if (isCurrent(caller)) {
            current = Optional.empty();
            if (end.isDone()) {
                driverGone.countDown();
            }
        }
    }

    /** One stream of the driver; its messages arrive one at a time. */
    private final class Caller implements StreamObserver<DriverUp> {
        private final ServerCallStreamObserver<DriverDown> driver;
        private boolean greeted;
        private boolean over;

        Caller(ServerCallStreamObserver<DriverDown> driver) {
            this.driver = driver;
        }

        @Override
        public void onNext(DriverUp message) {
            if (greeted) {
                if (isCurrent(this)) {
                    act(message);
                }
                return;
            }
            greeted = true;
            if (message.hasHello()) {
                admit(this, message.getHello()).ifPresent(this::end);
            } else {
                end(Status.FAILED_PRECONDITION.withDescription("The first message of a stream must say hello."));
            }
        }

        void send(DriverDown.Builder message) {
            synchronized (driver) {
                if (!over) {
                    driver.onNext(message.build());
                }
            }
        }

        void end(Status why) {
            synchronized (driver) {
                if (!over) {
                    over = true;
                    driver.onError(why.asRuntimeException());
                }
            }
            left(this);
        }

        void leave() {
            synchronized (driver) {
                over = true;
            }
            left(this);
        }

        @Override
        public void onError(Throwable failure) {
            leave();
        }

        @Override
        public void onCompleted() {
            synchronized (driver) {
                if (!over) {
                    over = true;
                    driver.onCompleted();
                }
            }
            left(this);
        }
    }
}
