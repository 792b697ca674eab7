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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line and pages call. Watchers and readers of logs are stepped by one thread of its own, five times a
 * second and a reader of logs also whenever it can take more; they are served to their end when the application ends.
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
    private final Farewell farewell = new Farewell();
    private final ScheduledThreadPoolExecutor stepper;

    ControlService(Supervised application, Optional<Path> standardOutput, Optional<Path> standardError) {
        this.application = application;
        this.standardOutput = standardOutput;
        this.standardError = standardError;
        // Readers that can take more after the end are not heard any more.
        this.stepper = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "raddle-control");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
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
        stepper.execute(() -> step(watcher));
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
        ServerCallStreamObserver<LogChunk> reader = (ServerCallStreamObserver<LogChunk>) caller;
        LogTail tail = new LogTail(file.get(), request.getOffsetBytes(), request.getFollow(), reader);
        reader.setOnReadyHandler(() -> {
            farewell.moved();
            stepper.execute(() -> step(tail));
        });
        reader.setOnCloseHandler(farewell::readerLeft);
        reader.setOnCancelHandler(farewell::readerLeft);
        farewell.readerCame();
        add(tail, caller);
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
        farewell.say();
    }

    /** Whether anybody ever followed the application. */
    boolean watched() {
        return watched;
    }

    /** As {@link Farewell#await}. */
    boolean awaitFarewell(Duration silence, Duration stall) throws InterruptedException {
        return farewell.await(silence, stall);
    }

    private void step(Watcher watcher) {
        if (watchers.contains(watcher) && !survives(watcher, ended())) {
            watchers.remove(watcher);
        }
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
