package io.raddle.endpoint;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.CancelAnswer;
import io.raddle.proto.CancelRequest;
import io.raddle.proto.ControlGrpc;
import io.raddle.proto.FarewellAnswer;
import io.raddle.proto.FarewellRequest;
import io.raddle.proto.LogChunk;
import io.raddle.proto.StatusRequest;
import io.raddle.proto.TailRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line and pages call. Watchers and readers of logs are stepped by one thread of its own, five times a
 * second, and are served to their end when the application ends.
 */
final class ControlService extends ControlGrpc.ControlImplBase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);
    private static final long STEP_MILLIS = 200;
    static final int MAX_WATCHERS = 256;

    private final Supervised application;
    private final Optional<Path> standardOutput;
    private final Optional<Path> standardError;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean watched;
    private final CountDownLatch farewell = new CountDownLatch(1);
    private final ScheduledExecutorService stepper;

    ControlService(Supervised application, Optional<Path> standardOutput, Optional<Path> standardError) {
        this.application = application;
        this.standardOutput = standardOutput;
        this.standardError = standardError;
        this.stepper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "raddle-control");
            thread.setDaemon(true);
            return thread;
        });
        stepper.scheduleWithFixedDelay(this::stepAll, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void status(StatusRequest request, StreamObserver<ApplicationStatus> caller) {
        caller.onNext(application.status());
        caller.onCompleted();
    }

    @Override
    public void watch(StatusRequest request, StreamObserver<ApplicationStatus> caller) {
        watched = true;
        add(new StatusWatch(application::status, (ServerCallStreamObserver<ApplicationStatus>) caller), caller);
    }

    private synchronized void add(Watcher watcher, StreamObserver<?> caller) {
        if (watchers.size() >= MAX_WATCHERS) {
            caller.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("The application is watched by " + MAX_WATCHERS + " others already.")
                    .asRuntimeException());
            return;
        }
        watchers.add(watcher);
        stepper.execute(this::stepAll);
    }

    @Override
    public void tailLog(TailRequest request, StreamObserver<LogChunk> caller) {
        Optional<Path> file = request.getStream() == TailRequest.Stream.STDERR ? standardError : standardOutput;
        if (file.isEmpty()) {
            caller.onError(Status.NOT_FOUND
                    .withDescription("The driver's output goes to its own console.")
                    .asRuntimeException());
            return;
        }
        add(
                new LogTail(
                        file.get(), request.getOffsetBytes(), request.getFollow(), (ServerCallStreamObserver<LogChunk>)
                                caller),
                caller);
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelAnswer> caller) {
        application.cancel(request.getBy());
        caller.onNext(CancelAnswer.getDefaultInstance());
        caller.onCompleted();
    }

    @Override
    public void farewell(FarewellRequest request, StreamObserver<FarewellAnswer> caller) {
        caller.onNext(FarewellAnswer.getDefaultInstance());
        caller.onCompleted();
        farewell.countDown();
    }

    /** Whether anybody ever followed the application. */
    boolean watched() {
        return watched;
    }

    /** Waits until a client said farewell; false when none did in time. */
    boolean awaitFarewell(Duration bound) throws InterruptedException {
        return farewell.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stepAll() {
        boolean ended = ended();
        watchers.removeIf(watcher -> !survives(watcher, ended));
    }

    private static boolean survives(Watcher watcher, boolean ended) {
        try {
            return watcher.step(ended);
        } catch (RuntimeException e) {
            LOG.warn("A watcher of the application is dropped", e);
            return false;
        }
    }

    private boolean ended() {
        return switch (application.status().getState()) {
            case SUCCEEDED, FAILED, KILLED -> true;
            default -> false;
        };
    }

    @Override
    public void close() {
        stepper.shutdownNow();
    }
}
