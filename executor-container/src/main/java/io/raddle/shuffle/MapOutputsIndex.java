package io.raddle.shuffle;

import io.raddle.id.NodeId;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the outputs of one shuffle are in one epoch; made once per epoch and shared by all tasks. Immutable. */
public final class MapOutputsIndex {
    private final int shuffle;
    private final int epoch;
    private final List<MapOutputLocation> locations;

    private MapOutputsIndex(int shuffle, int epoch, List<MapOutputLocation> locations) {
        this.shuffle = shuffle;
        this.epoch = epoch;
        this.locations = List.copyOf(locations);
    }

    /** The index of {@code outputs}. */
    public static MapOutputsIndex of(MapOutputs outputs) {
        List<MapOutputLocation> locations = new ArrayList<>(outputs.getOutputsCount());
        for (MapOutput output : outputs.getOutputsList()) {
            locations.add(new MapOutputLocation(
                    output.getMap(),
                    output.getMapId(),
                    new NodeId(output.getHost(), output.getNodePort()),
                    output.getShufflePort(),
                    output.getServicePort(),
                    output.getSizes()));
        }
        locations.sort(Comparator.comparingInt(MapOutputLocation::map));
        return new MapOutputsIndex(outputs.getShuffle(), outputs.getShuffleEpoch(), locations);
    }

    public int shuffle() {
        return shuffle;
    }

    public int epoch() {
        return epoch;
    }

    /** All outputs in the order of their maps. */
    List<MapOutputLocation> locations() {
        return locations;
    }

    /** About the bytes of one reduce partition. */
    public long bytes(int partition) {
        long bytes = 0;
        for (MapOutputLocation location : locations) {
            bytes += location.bytes(partition);
        }
        return bytes;
    }
}
