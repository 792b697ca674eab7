package io.raddle.shuffle;

import io.raddle.function.NaturalOrder;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.ClassTable;
import io.raddle.serde.RecordDigest;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import io.raddle.serde.RecordWriter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Brings records into an order that follows from what they hold and not from how they came: sorted by digest, equal
 * records side by side. Dealt out in turn, each partition then gets the same records whatever the order of the input,
 * and all get equally many, also where all records are alike. Holds them serialized, in memory as long as that is
 * granted, in runs on disk beyond. Used by the task's thread.
 */
final class EvenSpread {
    private final ExternalSort sort;
    private final RecordDigest digest;
    private final RecordWriter writer;
    private final RecordReader reader;

    EvenSpread(LocalDirectories directories, RecordFormat format, TaskMemory memory) {
        // Different records of one digest would keep the order they came in: 2^32 records are as likely to hold such a
        // pair as not, and then these two may change places.
        sort = new ExternalSort(new NaturalOrder<Long>(false), directories, memory, format);
        digest = format.digest();
        ClassTable table = ClassTable.ofProcess();
        writer = format.writer(table);
        reader = format.reader(table);
    }

    Iterator<?> order(Iterator<?> records) {
        Iterator<Pair<?, ?>> sorted = sort.sort(new Mapped<>(records, this::stored));
        return new Mapped<>(sorted, this::restored);
    }

    private Pair<Long, byte[]> stored(@Nullable Object record) {
        writer.write(record);
        byte[] bytes = writer.toByteArray();
        if (writer.capacity() > Frames.FULL_BYTES) {
            writer.shrink();
        } else {
            writer.clear();
        }
        return new Pair<>(digest.of(record), bytes);
    }

    private @Nullable Object restored(Pair<?, ?> pair) {
        byte[] bytes = (byte[]) pair.value();
        reader.reset(bytes, 0, bytes.length);
        return reader.read();
    }
}
