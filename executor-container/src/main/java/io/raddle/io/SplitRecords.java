package io.raddle.io;

import io.raddle.proto.FileSplit;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSplit;
import io.raddle.serde.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The records of one split of a {@link HadoopSource}. Belongs to the thread of its task, which closes it. */
public final class SplitRecords implements Iterator<@Nullable Object>, Closeable {
    private final Deque<Opener> parts;
    private Pull current = new Nothing();
    private @Nullable Object next = Pull.END;
    private boolean ready;

    /** Opens one part when those before it are read. */
    private interface Opener {
        Pull open();
    }

    private SplitRecords(Deque<Opener> parts) {
        this.parts = parts;
    }

    /** The records of a split. {@code configuration} is its own, with the user's class loader. */
    public static SplitRecords of(
            HadoopSource source,
            HadoopSplit split,
            Configuration configuration,
            RecordFormat format,
            LongConsumer bytesRead) {
        Deque<Opener> parts = new ArrayDeque<>();
        switch (source.getReader()) {
            case OLD_FORMAT -> parts.add(() -> OldFormatInput.open(source, split, configuration, bytesRead));
            case NEW_FORMAT -> parts.add(() -> NewFormatInput.open(source, split, configuration, bytesRead));
            case STREAMS -> {
                Map<String, String> settings = HadoopEntries.ofFileSystems(configuration);
                split.getFilesList().forEach(file -> parts.add(() -> WholeFile.stream(file, settings, configuration)));
            }
            default ->
                split.getFilesList()
                        .forEach(file -> parts.add(() -> ofFile(source, file, configuration, format, bytesRead)));
        }
        return new SplitRecords(parts);
    }

    private static Pull ofFile(
            HadoopSource source,
            FileSplit file,
            Configuration configuration,
            RecordFormat format,
            LongConsumer bytesRead) {
        return switch (source.getReader()) {
            case WHOLE_TEXTS -> WholeFile.text(file, configuration, bytesRead);
            case FIXED_RECORDS -> FixedRecords.open(file, source.getRecordBytes(), configuration, bytesRead);
            case OBJECTS -> ObjectInput.open(file, configuration, format, bytesRead);
            default -> throw new IllegalArgumentException("a source is read by " + source.getReader());
        };
    }

    @Override
    public boolean hasNext() {
        while (!ready) {
            next = current.next();
            ready = next != Pull.END;
            if (!ready) {
                if (parts.isEmpty()) {
                    return false;
                }
                closeCurrent();
                current = parts.remove().open();
            }
        }
        return true;
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return next;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }

    private void closeCurrent() {
        try {
            current.close();
        } catch (IOException e) {
            throw FileTrouble.of("A file that was read", e);
        }
    }

    /** Before the first part. */
    private static final class Nothing implements Pull {
        @Override
        public Object next() {
            return END;
        }

        @Override
        public void close() {}
    }
}
