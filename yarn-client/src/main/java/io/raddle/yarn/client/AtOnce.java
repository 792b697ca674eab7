package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Steps that need not wait for each other. Threads are daemons: a step that hangs holds up nobody's exit. */
final class AtOnce implements AutoCloseable {
    /** How long a cluster may take for its first answers, whatever Hadoop's own retries are set to. */
    static final Duration CONTACT = Duration.ofSeconds(25);

    private static final int MAX_THREADS = 32;
    private static final long IDLE_SECONDS = 60;

    /** Steps start others and wait for them, so none may wait for a thread: one too many is done by who starts it. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            AtOnce::thread,
            new ThreadPoolExecutor.CallerRunsPolicy());

    private static Thread thread(Runnable step) {
        Thread thread = new Thread(step, "raddle-client");
        thread.setDaemon(true);
        return thread;
    }

    <T> Future<T> start(Callable<T> step) {
        return threads.submit(step);
    }

    /** The same for a step whose end is waited for beside something else. */
    <T> CompletableFuture<T> promise(Callable<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(step.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Begins no more steps; those that run end by themselves. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** The result of a step, or its failure as it was thrown. */
    static <T> T get(Future<T> step) throws IOException {
        return get(step, Duration.ofDays(1));
    }

    static <T> T get(Future<T> step, Duration limit) throws IOException {
        try {
            return step.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new RaddleException(
                    new Cause.ClusterRefused(
                            "The cluster did not answer within " + limit.toSeconds() + " s.",
                            "Check that ResourceManager and NameNode run and that HADOOP_CONF_DIR names the right cluster."),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nothing interrupts the client", e);
        }
    }

    private static RuntimeException rethrown(Throwable e) throws IOException {
        if (e instanceof IOException io) {
            throw io;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
