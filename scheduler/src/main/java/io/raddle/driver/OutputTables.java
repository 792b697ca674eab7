package io.raddle.driver;

import io.raddle.endpoint.Link;
import io.raddle.id.AttemptId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.proto.Artifact;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import io.raddle.proto.ShuffleInput;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Map outputs that were accepted, and the table of each shuffle as executors fetch it. Belongs to the driver's thread. */
final class OutputTables {
    private final Link link;
    private final Map<ShuffleId, Shuffle> shuffles = new HashMap<>();

    private static final class Shuffle {
        private final Map<AttemptId, MapOutput> outputs = new HashMap<>();
        private final Map<Integer, Artifact> tables = new HashMap<>();
        private final Set<NodeId> nodes = new HashSet<>();
    }

    OutputTables(Link link) {
        this.link = link;
    }

    void accept(ShuffleId shuffle, AttemptId attempt, MapOutput output) {
        Shuffle entry = shuffles.computeIfAbsent(shuffle, id -> new Shuffle());
        entry.outputs.put(attempt, output);
        entry.nodes.add(new NodeId(output.getHost(), output.getNodePort()));
    }

    /** Makes the table of a complete shuffle; row m is the output of {@code rows.get(m)}, and other outputs are void. */
    void publish(ShuffleId id, int epoch, List<AttemptId> rows) {
        Shuffle shuffle = shuffles.computeIfAbsent(id, none -> new Shuffle());
        MapOutputs.Builder table =
                MapOutputs.newBuilder().setShuffle(id.number()).setShuffleEpoch(epoch);
        for (AttemptId row : rows) {
            MapOutput output = shuffle.outputs.get(row);
            if (output == null) {
                throw new IllegalStateException(id + " is complete with an output of " + row + " that is not here");
            }
            table.addOutputs(output);
        }
        shuffle.outputs.keySet().retainAll(rows);
        @Nullable
        Artifact before = shuffle.tables.put(
                epoch, link.publish(id + " epoch " + epoch, table.build().toByteString()));
        if (before != null) {
            link.withdraw(before);
        }
    }

    ShuffleInput input(ShuffleId id, int epoch) {
        Shuffle shuffle = shuffles.get(id);
        Artifact table = shuffle == null ? null : shuffle.tables.get(epoch);
        if (table == null) {
            throw new IllegalStateException(id + " epoch " + epoch + " is read but was not published");
        }
        return ShuffleInput.newBuilder()
                .setShuffle(id.number())
                .setShuffleEpoch(epoch)
                .setSha256(table.getSha256())
                .build();
    }

    /** Forgets a shuffle; answers on which nodes outputs of it may lie. */
    Set<NodeId> drop(ShuffleId id) {
        Shuffle shuffle = shuffles.remove(id);
        if (shuffle == null) {
            return Set.of();
        }
        shuffle.tables.values().forEach(link::withdraw);
        return shuffle.nodes;
    }
}
