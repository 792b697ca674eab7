package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.memory.TaskMemory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the blocks of one reduce partition near, each from the first source that has it whole: the file, when it lies on
 * the same NodeManager, then the executor that wrote it, then the shuffle service of its node. Remote blocks travel while
 * local ones are read. Only an output that every source failed to give is lost. Used by the task's thread.
 */
final class BlockStream {
    private final MapOutputsIndex outputs;
    private final int partition;
    private final LocalDirectories directories;
    private final LocalBlocks local;
    private final Optional<RemoteBlocks> remote;
    private final Deque<MapOutputLocation> here = new ArrayDeque<>();

    BlockStream(
            MapOutputsIndex outputs,
            int partition,
            LocalDirectories directories,
            Optional<ShuffleClient> client,
            TaskMemory task) {
        this.outputs = outputs;
        this.partition = partition;
        this.directories = directories;
        local = new LocalBlocks(directories);
        remote = client.map(network -> new RemoteBlocks(network, partition, task));
        for (MapOutputLocation location : outputs.locations()) {
            if (location.bytes(partition) == 0) {
                continue;
            }
            if (location.node().equals(directories.node())) {
                here.add(location);
            } else {
                add(location, "the executor that wrote it is gone");
            }
        }
    }

    /** The next verified block; null at the end. */
    @Nullable
    Block next() {
        remote.ifPresent(RemoteBlocks::pump);
        while (!here.isEmpty()) {
            Block block = readHere(here.remove());
            if (block != null) {
                return block;
            }
        }
        try {
            return remote.isPresent() ? remote.get().next() : null;
        } catch (RemoteBlocks.LostException e) {
            throw lost(e.outputs(), e);
        } catch (InterruptedException e) {
            throw Rethrown.as(e);
        }
    }

    private @Nullable Block readHere(MapOutputLocation location) {
        try {
            return local.open(location, partition);
        } catch (IOException e) {
            add(location, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void add(MapOutputLocation location, String otherwise) {
        if (!location.isServed() || remote.isEmpty()) {
            throw lost(goneWith(location), new BadBlockException(otherwise));
        }
        remote.get().add(location);
    }

    /** All outputs of one node whose executors are gone are lost together, unless they lie here. */
    private List<MapOutputLocation> goneWith(MapOutputLocation location) {
        if (location.node().equals(directories.node())) {
            return List.of(location);
        }
        return outputs.locations().stream()
                .filter(other -> other.node().equals(location.node()) && !other.isServed())
                .toList();
    }

    /** The error of a block that went bad after it was verified. */
    RaddleException failed(Block block, IOException why) {
        return lost(List.of(block.location()), why);
    }

    private RaddleException lost(List<MapOutputLocation> lost, Exception why) {
        List<Integer> maps = new ArrayList<>();
        lost.forEach(location -> maps.add(location.map()));
        Cause cause = new Cause.FetchFailed(
                outputs.shuffle(),
                outputs.epoch(),
                maps,
                lost.get(0).node().toString(),
                String.valueOf(why.getMessage()));
        return new RaddleException(cause, why);
    }
}
