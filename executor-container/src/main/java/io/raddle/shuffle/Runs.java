package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.ClassTable;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import io.raddle.serde.RecordWriter;
import io.raddle.serde.TooLarge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs of pairs in temporary files, and their merge. Where more runs exist than can be merged at once with little
 * memory, they are first merged into fewer. Runs keep the order in which they were added. Used by the task's thread.
 */
final class Runs {
    private static final int RUN_FRAME_BYTES = 16 << 10;
    private static final int MAX_FAN_IN = 32;
    /** Of each run that is merged there are a frame as it is stored, its records, and the first of them as an object. */
    private static final int COPIES = 3;
    /** Heads of runs that take more than this part of a task's memory are large. */
    private static final int LARGE_SHARE = 16;

    private final LocalDirectories directories;
    private final TaskMemory task;
    private final RecordFormat format;
    private final ClassTable table = ClassTable.ofProcess();
    private final Frames frames = new Frames(FrameCodec.LZ4);
    private final RecordWriter writer;
    private final List<SpillFile> files = new ArrayList<>();
    private @Nullable SpillFile current;
    private long largestFrame = RUN_FRAME_BYTES;

    Runs(LocalDirectories directories, TaskMemory task, RecordFormat format) {
        this.directories = directories;
        this.task = task;
        this.format = format;
        writer = format.writer(table);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Starts a run; the pairs that follow are in order. */
    void begin() {
        current = directories.spill();
        task.closeAtEnd(current);
    }

    void add(@Nullable Object pair) {
        writer.write(pair);
        if (writer.size() >= RUN_FRAME_BYTES) {
            flush();
        }
    }

    /** Adds a pair that is written as a writer with {@link #table} does. */
    void add(byte[] bytes, int offset, int length) {
        writer.copy(bytes, offset, length);
        if (writer.size() >= RUN_FRAME_BYTES) {
            flush();
        }
    }

    ClassTable table() {
        return table;
    }

    void end() {
        flush();
        SpillFile file = current();
        file.seal();
        task.addSpilled(file.length());
        files.add(file);
        current = null;
    }

    private SpillFile current() {
        if (current == null) {
            throw new IllegalStateException("no run was begun");
        }
        return current;
    }

    private void flush() {
        if (writer.size() > 0) {
            largestFrame = Math.max(largestFrame, writer.size());
            byte[] frame = frames.seal(writer.buffer(), writer.size());
            current().append(frame, 0, frame.length);
            if (writer.capacity() > 4 * RUN_FRAME_BYTES) {
                writer.shrink();
            } else {
                writer.clear();
            }
        }
    }

    /** Whether records are so large that nothing else should be in memory while runs are merged. */
    boolean areLarge() {
        return COPIES * largestFrame > task.shareBytes() / LARGE_SHARE;
    }

    /** How many runs at once; fewer where records are large, since one of each run is in memory. */
    private int fanIn() {
        return (int) Math.max(2, Math.min(MAX_FAN_IN, task.shareBytes() / 2 / (COPIES * largestFrame)));
    }

    /** All runs, and {@code last} after them, as one sorted iterator; equal pairs come in the order of their runs. */
    Merge<Pair<?, ?>> merge(Comparator<Pair<?, ?>> order, Iterator<Pair<?, ?>> last) {
        int most = fanIn();
        while (files.size() > most) {
            mergeFirst(order, most);
        }
        List<Iterator<Pair<?, ?>>> inputs = new ArrayList<>();
        files.forEach(file -> inputs.add(new RunReader(file)));
        inputs.add(last);
        return new Merge<>(inputs, order);
    }

    /** Merges neighbours, so that the order of runs stays. */
    private void mergeFirst(Comparator<Pair<?, ?>> order, int most) {
        List<SpillFile> all = new ArrayList<>(files);
        files.clear();
        for (int from = 0; from < all.size(); from += most) {
            List<SpillFile> some = all.subList(from, Math.min(all.size(), from + most));
            List<Iterator<Pair<?, ?>>> inputs = new ArrayList<>();
            some.forEach(file -> inputs.add(new RunReader(file)));
            Merge<Pair<?, ?>> merged = new Merge<>(inputs, order);
            begin();
            while (merged.hasNext()) {
                add(merged.next());
            }
            end();
            some.forEach(SpillFile::close);
        }
    }

    /** Reads one run from its start. */
    private final class RunReader implements Iterator<Pair<?, ?>> {
        private final SpillFile file;
        private final RecordReader reader = format.reader(table);
        private final Frames opener = new Frames(FrameCodec.LZ4);
        private final byte[] head = new byte[Frames.HEADER_BYTES];
        private byte[] payload = new byte[0];
        private long position;

        RunReader(SpillFile file) {
            this.file = file;
        }

        @Override
        public boolean hasNext() {
            return reader.hasNext() || position < file.length();
        }

        @Override
        public Pair<?, ?> next() {
            if (!reader.hasNext()) {
                nextFrame();
            }
            Object pair = reader.read();
            if (pair == null) {
                throw new IllegalStateException("a run holds no pair before " + position);
            }
            return (Pair<?, ?>) pair;
        }

        private void nextFrame() {
            try {
                file.read(position, head, 0, head.length);
                Frames.Header header = Frames.Header.of(head, 0);
                if (payload.length < header.length() || payload.length > 4 * Frames.FULL_BYTES) {
                    payload = TooLarge.array(header.length());
                }
                file.read(position + head.length, payload, 0, header.length());
                Frames.Records records = opener.open(header, payload, 0);
                reader.reset(records.bytes(), records.offset(), records.length());
                position += head.length + header.length();
            } catch (BadBlockException e) {
                throw new RaddleException(
                        new Cause.DisksFailed(directories.node().toString()), e);
            }
        }
    }
}
