package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the blocks of one reduce partition near, each from the first source that has it whole: the file of the same
 * NodeManager, then the executor that wrote it. Used by the task's thread.
 */
final class BlockStream {
    private final MapOutputsIndex outputs;
    private final int partition;
    private final LocalBlocks local;
    private final Iterator<MapOutputLocation> locations;

    BlockStream(MapOutputsIndex outputs, int partition, LocalBlocks local) {
        this.outputs = outputs;
        this.partition = partition;
        this.local = local;
        locations = outputs.locations().stream()
                .filter(location -> location.bytes(partition) > 0)
                .iterator();
    }

    /** The next verified block; null at the end. */
    @Nullable
    Block next() {
        if (!locations.hasNext()) {
            return null;
        }
        MapOutputLocation location = locations.next();
        try {
            return local.open(location, partition);
        } catch (IOException e) {
            throw failed(List.of(location), e);
        }
    }

    /** The error of a block that went bad after it was verified. */
    RaddleException failed(@Nullable Block block, IOException why) {
        return failed(block == null ? List.of() : List.of(block.location()), why);
    }

    private RaddleException failed(List<MapOutputLocation> lost, IOException why) {
        List<Integer> maps = lost.stream().map(MapOutputLocation::map).toList();
        String node = lost.isEmpty() ? "" : lost.get(0).node().toString();
        return new RaddleException(
                new Cause.FetchFailed(outputs.shuffle(), outputs.epoch(), maps, node, String.valueOf(why.getMessage())),
                why);
    }
}
