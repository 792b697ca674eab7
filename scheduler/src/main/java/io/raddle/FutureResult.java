package io.raddle;

import io.raddle.plan.JobRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an action that runs beside the program will give. A job that failed is the cause of the {@link
 * ExecutionException} that {@link #get} throws, a {@link io.raddle.fault.RaddleException}. Safe for all threads.
 */
public final class FutureResult<T> implements Future<T> {
    private static final String BY = "the program, through its FutureResult";

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final List<JobRun> jobs = new CopyOnWriteArrayList<>();

    FutureResult() {}

    /** The numbers of the jobs that it has started so far; take may need several. */
    public List<Integer> jobIds() {
        return jobs.stream().map(JobRun::id).toList();
    }

    /** Cancels its jobs, tasks that run included, whatever {@code mayInterrupt} says. False when it is done already. */
    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean cancelled = outcome.cancel(mayInterrupt);
        if (cancelled) {
            jobs.forEach(job -> job.cancel(BY));
        }
        return cancelled;
    }

    @Override
    public boolean isCancelled() {
        return outcome.isCancelled();
    }

    @Override
    public boolean isDone() {
        return outcome.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return outcome.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return outcome.get(timeout, unit);
    }

    /** A job of it has started. */
    JobRun started(JobRun job) {
        jobs.add(job);
        if (isCancelled()) {
            job.cancel(BY);
        }
        return job;
    }

    void complete(T value) {
        outcome.complete(value);
    }

    void fail(Throwable why) {
        outcome.completeExceptionally(why);
    }
}
