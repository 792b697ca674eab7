package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.JobId;
import io.raddle.plan.JobRun;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A job between the driver's thread, which puts values in, and the caller's, which takes them out. The values of one job
 * are bounded together, so the queue is.
 */
final class RunningJob implements JobRun {
    private final JobId id;
    private final List<Integer> stages;
    private final long maxBytes;
    private final BiConsumer<JobId, Cause> cancel;
    private final Runnable release;
    private final LinkedBlockingQueue<Arrived> arrivals = new LinkedBlockingQueue<>();
    private long bytes;
    private Optional<Cause> refused = Optional.empty();
    private boolean over;

    /** A value, or the end of the job. */
    private sealed interface Arrived {}

    private record Value(int partition, Supplier<ByteString> content) implements Arrived {}

    private record End(Optional<Cause> cause) implements Arrived {}

    /** {@code release} hears when the caller takes no more values, having got all or not. */
    RunningJob(JobId id, List<Integer> stages, long maxBytes, BiConsumer<JobId, Cause> cancel, Runnable release) {
        this.release = release;
        this.id = id;
        this.stages = List.copyOf(stages);
        this.maxBytes = maxBytes;
        this.cancel = cancel;
    }

    JobId job() {
        return id;
    }

    @Override
    public int id() {
        return id.number();
    }

    @Override
    public List<Integer> stages() {
        return stages;
    }

    /** Takes in a value, unless that would be too much: then says why. Driver's thread. */
    Optional<Cause> accept(int partition, long size, Supplier<ByteString> content) {
        bytes += size;
        if (bytes > maxBytes) {
            refused = Optional.of(new Cause.LimitExceeded(
                    "The results of the job take more than " + (maxBytes >> 20) + " MiB in the driver.",
                    "raddle.result.max"));
            return refused;
        }
        arrivals.add(new Value(partition, content));
        return Optional.empty();
    }

    /** The job ended; as failed where a value was refused, even if the core had all values by then. Driver's thread. */
    void ended(Optional<Cause> cause) {
        arrivals.add(new End(refused.or(() -> cause)));
    }

    @Override
    public Optional<PartitionValue> next() {
        if (over) {
            return Optional.empty();
        }
        Arrived arrived = await();
        if (arrived instanceof Value value) {
            return Optional.of(
                    new PartitionValue(value.partition(), value.content().get()));
        }
        end();
        ((End) arrived).cause().ifPresent(RunningJob::fail);
        return Optional.empty();
    }

    @Override
    public void cancel(String by) {
        cancel.accept(id, new Cause.Cancelled(by));
    }

    @Override
    public void close() {
        if (!over) {
            end();
            cancel("the program");
        }
    }

    private void end() {
        over = true;
        release.run();
    }

    private Arrived await() {
        try {
            return arrivals.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new RaddleException(new Cause.Cancelled("an interrupt of the thread that waited for it"), e);
        }
    }

    private static void fail(Cause cause) {
        throw TaskStack.of(cause)
                .map(stack -> new RaddleException(cause, stack))
                .orElseGet(() -> new RaddleException(cause));
    }
}
