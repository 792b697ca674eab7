package io.raddle.executor;

import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.TaskReport;
import io.raddle.proto.TaskReports;
import java.util.concurrent.TimeUnit;

/**
 * Gathers the reports of short tasks into batches: a batch leaves when it is large, when its oldest report has waited a
 * few milliseconds, or when the slot that adds to it has nothing more to run. Thread-safe.
 */
final class Reports {
    static final long MAX_BATCH_BYTES = 64 << 10;
    static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Conversation conversation;
    private final Runnable firstOfBatch;
    private TaskReports.Builder batch = TaskReports.newBuilder();
    private long batchBytes;
    private long oldestNanos;

    /** {@code firstOfBatch} is called when a batch begins that no slot is certain to flush soon. */
    Reports(Conversation conversation, Runnable firstOfBatch) {
        this.conversation = conversation;
        this.firstOfBatch = firstOfBatch;
    }

    /** Adds a report; {@code idle} says that the caller will not add another soon. */
    void add(TaskReport report, boolean idle) {
        boolean first;
        synchronized (this) {
            long now = System.nanoTime();
            first = batchBytes == 0;
            if (first) {
                oldestNanos = now;
            }
            batch.addReports(report);
            batchBytes += report.getSerializedSize();
            if (idle || batchBytes >= MAX_BATCH_BYTES || now - oldestNanos >= MAX_WAIT_NANOS) {
                flush();
                return;
            }
        }
        if (first) {
            firstOfBatch.run();
        }
    }

    /** Sends what is gathered. */
    synchronized void flush() {
        if (batchBytes > 0) {
            ExecutorMessage message =
                    ExecutorMessage.newBuilder().setReports(batch).build();
            batch = TaskReports.newBuilder();
            batchBytes = 0;
            conversation.say(message);
        }
    }

    /** When the gathered reports must leave, in the terms of {@code System.nanoTime}; far away when there are none. */
    synchronized long dueNanos(long now) {
        return batchBytes == 0 ? now + TimeUnit.HOURS.toNanos(1) : oldestNanos + MAX_WAIT_NANOS;
    }
}
