package io.raddle.shuffle;

import io.raddle.function.Aggregator;
import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.RecordFormat;
import java.util.Iterator;

/** Writes the map output of one task. Whatever goes wrong, a failed write leaves no file. Used by the task's thread. */
public final class ShuffleWriter {
    private final LocalDirectories directories;
    private final RecordFormat format;
    private final TaskMemory memory;
    private final FrameCodec codec;

    public ShuffleWriter(LocalDirectories directories, RecordFormat format, TaskMemory memory, FrameCodec codec) {
        this.codec = codec;
        this.directories = directories;
        this.format = format;
        this.memory = memory;
    }

    /** Writes records as they come. */
    public WrittenOutput write(String mapId, Placement placement, Iterator<?> records) {
        PartitionBuffers buffers = new PartitionBuffers(directories, format, memory, codec, placement.partitions());
        try {
            while (records.hasNext()) {
                Object record = records.next();
                buffers.add(placement.partition(record), record);
            }
            return publish(mapId, buffers);
        } finally {
            buffers.close();
        }
    }

    /**
     * Deals records out in turn, from a partition that follows from {@code map}, in an order that follows from what they
     * hold: what a partition gets does not depend on the order in which they come.
     */
    public WrittenOutput writeEvenly(String mapId, int partitions, int map, Iterator<?> records) {
        Iterator<?> ordered = new EvenSpread(directories, format, memory).order(records);
        return write(mapId, Placement.roundRobin(partitions, map), ordered);
    }

    /** Writes one pair per key with its values folded into a combiner; more than one where memory was short. */
    public WrittenOutput writeCombined(
            String mapId, Placement placement, Aggregator<?, ?> aggregator, Iterator<?> pairs) {
        PartitionBuffers buffers = new PartitionBuffers(directories, format, memory, codec, placement.partitions());
        try (CombiningMap map = new CombiningMap(
                new UserAggregator(aggregator).ofValues(), new Footprint(format), memory.reservation())) {
            while (pairs.hasNext()) {
                Pair<?, ?> pair = Placement.pair(pairs.next());
                map.add(pair.key(), pair.value());
                if (map.refused()) {
                    drain(map, placement, buffers);
                }
            }
            drain(map, placement, buffers);
            return publish(mapId, buffers);
        } finally {
            buffers.close();
        }
    }

    private static void drain(CombiningMap map, Placement placement, PartitionBuffers buffers) {
        Iterator<Pair<?, ?>> entries = map.entries();
        // What leaves the map is smaller in the buffers: they must not spill because the map still counts.
        map.release();
        while (entries.hasNext()) {
            Pair<?, ?> pair = entries.next();
            buffers.add(placement.partition(pair), pair);
        }
        map.clear();
    }

    private WrittenOutput publish(String mapId, PartitionBuffers buffers) {
        try (OutputFile output = OutputFile.create(directories, mapId)) {
            return buffers.finish(output, mapId);
        }
    }
}
