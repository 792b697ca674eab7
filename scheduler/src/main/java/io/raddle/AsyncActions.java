package io.raddle;

import io.raddle.function.VoidFunction;
import io.raddle.plan.JobLabels;
import io.raddle.plan.JobRequest.Partitions;
import io.raddle.plan.JobRun;
import io.raddle.plan.SessionJobs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Actions beside the program: their jobs start at the call, and threads of the session take in what they give. */
final class AsyncActions implements AutoCloseable {
    private static final int THREADS = 64;
    private static final int WAITING = 4096;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), AsyncActions::thread);

    AsyncActions() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "raddle-async");
        thread.setDaemon(true);
        return thread;
    }

    <T> FutureResult<List<T>> collect(Rdd<T> rdd) {
        return whole(Actions.lists(rdd), parts -> {
            List<T> all = new ArrayList<>();
            parts.forEach(all::addAll);
            return all;
        });
    }

    FutureResult<Long> count(Rdd<?> rdd) {
        return whole(
                Actions.counts(rdd),
                counts -> counts.stream().mapToLong(Long::longValue).sum());
    }

    <T> FutureResult<Void> foreachPartition(Rdd<T> rdd, VoidFunction<Iterator<T>> function) {
        return whole(Actions.calls(rdd, function), AsyncActions::nothing);
    }

    @SuppressWarnings("NullAway") // the only value of Void
    private static Void nothing(List<Boolean> calls) {
        return null;
    }

    <T> FutureResult<List<T>> take(Rdd<T> rdd, int n) {
        PreparedAction<List<T>> first = Actions.first(rdd, n);
        SessionJobs jobs = rdd.session.engine().jobs();
        JobLabels labels = jobs.labels();
        FutureResult<List<T>> future = new FutureResult<>();
        Function<Partitions, JobRun> starter = some -> future.started(first.start(some));
        run(future, () -> {
            jobs.label(labels);
            try {
                return Actions.take(first.all(), n, some -> first.values(some, starter));
            } finally {
                jobs.label(JobLabels.NONE);
            }
        });
        return future;
    }

    private <R, T> FutureResult<T> whole(PreparedAction<R> action, Function<List<R>, T> merge) {
        FutureResult<T> future = new FutureResult<>();
        JobRun job = future.started(action.start(action.all()));
        try {
            run(future, () -> merge.apply(action.values(action.all(), all -> job)));
        } catch (RuntimeException e) {
            job.close();
            throw e;
        }
        return future;
    }

    private <T> void run(FutureResult<T> future, Callable<T> work) {
        try {
            threads.execute(() -> {
                try {
                    future.complete(work.call());
                } catch (Throwable e) {
                    future.fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw Arguments.refused(
                    threads.isShutdown()
                            ? "The session is closed, so nothing can run."
                            : "More than " + (THREADS + WAITING) + " asynchronous actions are not done yet.",
                    threads.isShutdown() ? "Call actions before close(), or open another." : "Wait for some of them.");
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
