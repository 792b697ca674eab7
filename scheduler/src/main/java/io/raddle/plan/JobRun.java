package io.raddle.plan;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/** A job that runs. Used by the thread that started it. */
public interface JobRun extends AutoCloseable {
    /** What the action made of one partition. */
    record PartitionValue(int partition, ByteString value) {}

    /** The job's number, by which watchers know it. */
    int id();

    /** The numbers of its stages, in the order in which they are needed. */
    List<Integer> stages();

    /**
     * Waits for the value of one more partition, in whatever order they end; empty when the job has ended well.
     *
     * @throws io.raddle.fault.RaddleException with the cause when it has not, or when the thread is interrupted
     */
    Optional<PartitionValue> next();

    /** Asks that the job ends, and names who wants that; {@link #next} then throws. Any thread. */
    void cancel(String by);

    /** Cancels the job when it still runs. */
    @Override
    void close();
}
