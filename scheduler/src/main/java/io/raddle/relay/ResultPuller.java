package io.raddle.relay;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.endpoint.PushedResults;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.AttemptId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Copies results from the master's disk to the driver's, so that a master may die with all it holds. Few at once, since
 * each takes as much of the line as it gets. Thread-safe.
 */
final class ResultPuller implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final long END_SECONDS = 5;

    private final Supplier<LineConnection> connections;
    private final PushedResults here;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "raddle-pull");
        thread.setDaemon(true);
        return thread;
    });

    /** {@code connections} waits for the line, and throws once that is over. */
    ResultPuller(Supplier<LineConnection> connections, PushedResults here) {
        this.connections = connections;
        this.here = here;
    }

    /** Brings one, soon, and tells that it is here or why it never will be. */
    void bring(AttemptId attempt, Consumer<Optional<Cause>> brought) {
        try {
            threads.execute(() -> brought.accept(pull(attempt)));
        } catch (RejectedExecutionException e) {
            brought.accept(Optional.of(new Cause.Cancelled("the end of the program")));
        }
    }

    private Optional<Cause> pull(AttemptId attempt) {
        try {
            Optional<Optional<Cause>> end = Optional.empty();
            while (end.isEmpty()) {
                end = once(attempt, connections.get());
            }
            return end.get();
        } catch (RaddleException e) {
            return Optional.of(e.fault());
        } catch (IOException | RuntimeException e) {
            return Optional.of(new Cause.InternalError("a result could not be fetched: " + e, ""));
        }
    }

    /** Empty where the line broke. */
    private Optional<Optional<Cause>> once(AttemptId attempt, LineConnection connection) throws IOException {
        PushedResults.Incoming incoming = here.receive(attempt);
        boolean whole = false;
        try {
            connection.copyResult(attempt, incoming);
            whole = true;
        } catch (StatusRuntimeException e) {
            return failed(e.getStatus(), connection);
        } finally {
            if (!whole) {
                incoming.abandon();
            }
        }
        incoming.complete();
        return Optional.of(Optional.empty());
    }

    private static Optional<Optional<Cause>> failed(Status status, LineConnection connection) {
        return switch (status.getCode()) {
            case NOT_FOUND ->
                Optional.of(Optional.of(new Cause.Unreachable(
                        connection.address().host() + ":" + connection.address().port(),
                        "The master that a result was pushed to is gone.")));
            case UNAVAILABLE, CANCELLED -> {
                connection.lose("a result was cut off: " + status);
                yield Optional.empty();
            }
            default ->
                Optional.of(Optional.of(new Cause.InternalError("a result could not be fetched: " + status, "")));
        };
    }

    /** Those that are under way are given up. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
