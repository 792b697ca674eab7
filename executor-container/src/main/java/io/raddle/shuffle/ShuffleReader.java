package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads reduce partitions for one task. What an iterator or Iterable from here needs of files and memory lives until the
 * task's memory is closed. Map outputs that no source has whole end as {@code FetchFailed}. Used by the task's thread.
 */
public final class ShuffleReader {
    private final LocalDirectories directories;
    private final Optional<ShuffleClient> client;
    private final RecordFormat format;
    private final TaskMemory memory;

    /** Without a client, only what lies in {@code directories} can be read. */
    public ShuffleReader(
            LocalDirectories directories, Optional<ShuffleClient> client, RecordFormat format, TaskMemory memory) {
        this.directories = directories;
        this.client = client;
        this.format = format;
        this.memory = memory;
    }

    /** The records of {@code partition}, brought together as {@code combine} says. */
    public Iterator<?> read(MapOutputsIndex outputs, int partition, Combine combine) {
        Iterator<?> records = records(outputs, partition);
        if (combine instanceof Combine.Aggregate aggregate) {
            return new ExternalAggregation(aggregate.aggregator(), aggregate.mapSide(), directories, memory, format)
                    .aggregate(records);
        }
        if (combine instanceof Combine.Group) {
            return grouped(records);
        }
        if (combine instanceof Combine.Sort sort) {
            return new ExternalSort(sort.comparator(), directories, memory, format).sort(records);
        }
        return records;
    }

    /**
     * A pair per key of any input: the key and an array with one Iterable of values per input. Inputs are pairs from
     * anywhere, all those of a key in this partition.
     */
    public Iterator<Pair<?, Iterable<?>[]>> coGroup(List<Iterator<?>> inputs) {
        ExternalGrouping grouping = new ExternalGrouping(inputs.size(), directories, memory, format);
        for (int input = 0; input < inputs.size(); input++) {
            grouping.addAll(input, inputs.get(input));
        }
        return new Mapped<>(grouping.groups(), group -> new Pair<>(group.key(), group.value()));
    }

    /** The records in the order of digests of what they hold, however they come; equal ones side by side. */
    public Iterator<?> byContent(Iterator<?> records) {
        return new EvenSpread(directories, format, memory).order(records);
    }

    private Iterator<Pair<?, Iterable<?>>> grouped(Iterator<?> records) {
        ExternalGrouping grouping = new ExternalGrouping(1, directories, memory, format);
        grouping.addAll(0, records);
        return new Mapped<>(grouping.groups(), group -> new Pair<>(group.key(), group.value()[0]));
    }

    private Iterator<@Nullable Object> records(MapOutputsIndex outputs, int partition) {
        BlockStream blocks = new BlockStream(outputs, partition, directories, client, memory);
        return new BlockRecords(blocks, format, memory);
    }
}
