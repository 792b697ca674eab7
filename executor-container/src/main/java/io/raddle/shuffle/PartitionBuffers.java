package io.raddle.shuffle;

import io.raddle.memory.Reservation;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a map task on their way to its output: per partition one open buffer and the frames closed so far, all
 * in memory until it is refused, then in spill files by partition. Used by the task's thread.
 */
final class PartitionBuffers {
    private static final int COPY_BYTES = 64 << 10;

    private final LocalDirectories directories;
    private final RecordFormat format;
    private final TaskMemory task;
    private final Reservation memory;
    private final Frames frames;
    private final @Nullable RecordWriter[] open;
    private final List<List<byte[]>> sealed;
    private final long[] rows;
    private final long[] rawBytes;
    private final List<Spill> spills = new ArrayList<>();
    private long openBytes;
    private long sealedBytes;

    /** A spill file and where in it each partition starts. */
    private record Spill(SpillFile file, long[] starts) {}

    PartitionBuffers(
            LocalDirectories directories, RecordFormat format, TaskMemory task, FrameCodec codec, int partitions) {
        frames = new Frames(codec);
        this.directories = directories;
        this.format = format;
        this.task = task;
        memory = task.reservation();
        open = new RecordWriter[partitions];
        sealed = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            sealed.add(new ArrayList<>(0));
        }
        rows = new long[partitions];
        rawBytes = new long[partitions];
    }

    void add(int partition, @Nullable Object record) {
        RecordWriter writer = open[partition];
        int before = 0;
        if (writer == null) {
            writer = format.writer();
            open[partition] = writer;
        } else {
            before = writer.capacity();
        }
        writer.write(record);
        rows[partition]++;
        int after = writer.capacity();
        if (after != before) {
            openBytes += after - before;
            account();
        }
        if (writer.size() >= Frames.FULL_BYTES) {
            seal(partition, writer);
            account();
        }
    }

    private void account() {
        if (!memory.tryHold(openBytes + sealedBytes)) {
            spill();
        }
    }

    private void seal(int partition, RecordWriter writer) {
        byte[] frame = frames.seal(writer.buffer(), writer.size());
        sealed.get(partition).add(frame);
        sealedBytes += frame.length;
        rawBytes[partition] += writer.size();
        int before = writer.capacity();
        if (before > 2 * Frames.FULL_BYTES) {
            writer.shrink();
        } else {
            writer.clear();
        }
        openBytes += writer.capacity() - before;
    }

    private void spill() {
        SpillFile file = directories.spill();
        task.closeAtEnd(file);
        long[] starts = new long[open.length + 1];
        for (int partition = 0; partition < open.length; partition++) {
            for (byte[] frame : close(partition)) {
                file.append(frame, 0, frame.length);
            }
            sealed.set(partition, new ArrayList<>(0));
            open[partition] = null;
            starts[partition + 1] = file.length();
        }
        file.seal();
        task.addSpilled(file.length());
        spills.add(new Spill(file, starts));
        openBytes = 0;
        sealedBytes = 0;
        memory.hold(0);
    }

    private List<byte[]> close(int partition) {
        RecordWriter writer = open[partition];
        if (writer != null && writer.size() > 0) {
            seal(partition, writer);
        }
        return sealed.get(partition);
    }

    /** Writes all partitions to {@code output} and frees the memory. */
    WrittenOutput finish(OutputFile output, String mapId) {
        byte[] sizes = new byte[open.length];
        byte[] copy = spills.isEmpty() ? new byte[0] : new byte[COPY_BYTES];
        long records = 0;
        for (int partition = 0; partition < open.length; partition++) {
            for (Spill spill : spills) {
                copy(spill, partition, copy, output);
            }
            for (byte[] frame : close(partition)) {
                output.write(frame, 0, frame.length);
            }
            sealed.set(partition, List.of());
            open[partition] = null;
            sizes[partition] =
                    SizeCode.of(output.endPartition(rawBytes[partition]).length());
            records += rows[partition];
        }
        long bytes = output.finish(mapId, rows);
        close();
        return new WrittenOutput(mapId, sizes, bytes, records);
    }

    private static void copy(Spill spill, int partition, byte[] buffer, OutputFile output) {
        long at = spill.starts[partition];
        long end = spill.starts[partition + 1];
        while (at < end) {
            int count = (int) Math.min(buffer.length, end - at);
            spill.file.read(at, buffer, 0, count);
            output.write(buffer, 0, count);
            at += count;
        }
    }

    void close() {
        spills.forEach(spill -> spill.file.close());
        memory.close();
    }
}
