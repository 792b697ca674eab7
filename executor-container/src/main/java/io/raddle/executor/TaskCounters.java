package io.raddle.executor;

import io.raddle.proto.TaskMetrics;

/** What one task counts while it runs. Belongs to its thread. */
final class TaskCounters {
    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = ProcessClocks.threadCpuNanos();
    private final long startGcMillis = ProcessClocks.gcMillis();
    private long recordsIn;
    private long bytesIn;
    private long recordsOut;
    private long bytesOut;
    private long shuffleBytesRead;
    private long shuffleBytesWritten;
    private long spilledBytes;
    private long peakMemoryBytes;

    void recordIn() {
        recordsIn++;
    }

    void bytesIn(long bytes) {
        bytesIn += bytes;
    }

    void out(long records, long bytes) {
        recordsOut += records;
        bytesOut += bytes;
    }

    void shuffleRead(long bytes) {
        shuffleBytesRead += bytes;
    }

    void shuffleWritten(long bytes) {
        shuffleBytesWritten += bytes;
    }

    void memory(long peakBytes, long spilled) {
        peakMemoryBytes = peakBytes;
        spilledBytes = spilled;
    }

    TaskMetrics metrics() {
        return TaskMetrics.newBuilder()
                .setRunNanos(System.nanoTime() - startNanos)
                .setCpuNanos(ProcessClocks.threadCpuNanos() - startCpuNanos)
                .setGcMillis(ProcessClocks.gcMillis() - startGcMillis)
                .setRecordsIn(recordsIn)
                .setBytesIn(bytesIn)
                .setRecordsOut(recordsOut)
                .setBytesOut(bytesOut)
                .setShuffleBytesRead(shuffleBytesRead)
                .setShuffleBytesWritten(shuffleBytesWritten)
                .setSpilledBytes(spilledBytes)
                .setPeakMemoryBytes(peakMemoryBytes)
                .build();
    }
}
