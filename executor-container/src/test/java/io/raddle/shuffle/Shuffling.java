package io.raddle.shuffle;

import com.google.protobuf.ByteString;
import io.raddle.function.Aggregator;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import io.raddle.serde.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One shuffle of a test: writes map outputs on one node and knows where they are. */
final class Shuffling {
    static final NodeId NODE = new NodeId("localhost", 8041);
    static final ShuffleSecret SECRET = new ShuffleSecret("a secret of the test".getBytes(StandardCharsets.UTF_8));
    static final String JOB = "job_1700000000000_0001";
    static final String PREFIX = "ka1b2c3-1-1";

    final LocalDirectories directories;
    final RecordFormat format = new RecordFormat(Shuffling.class.getClassLoader());
    final MemoryBudget budget;
    private final MapOutputs.Builder outputs =
            MapOutputs.newBuilder().setShuffle(7).setShuffleEpoch(3);
    private final List<WrittenOutput> written = new ArrayList<>();
    private int shufflePort;
    private int servicePort;
    private FrameCodec codec = FrameCodec.LZ4;

    Shuffling(Path root, long memoryBytes) {
        this(
                new LocalDirectories(List.of(root.resolve("disk1"), root.resolve("disk2")), "container_1", NODE),
                memoryBytes);
    }

    Shuffling(LocalDirectories directories, long memoryBytes) {
        this.directories = directories;
        budget = new MemoryBudget(memoryBytes, 1);
    }

    Shuffling compressed(FrameCodec by) {
        codec = by;
        return this;
    }

    Shuffling servedAt(int port) {
        shufflePort = port;
        return this;
    }

    /** By the node as well, whatever becomes of the executor. */
    Shuffling outlivedAt(int port) {
        servicePort = port;
        return this;
    }

    String nextMapId() {
        return MapId.of(PREFIX, new ShuffleId(7), written.size(), 0);
    }

    WrittenOutput write(Placement placement, List<?> records) {
        try (TaskMemory memory = budget.openTask()) {
            return add(new ShuffleWriter(directories, format, memory, codec)
                    .write(nextMapId(), placement, records.iterator()));
        }
    }

    WrittenOutput writeEvenly(int partitions, Iterator<?> records) {
        try (TaskMemory memory = budget.openTask()) {
            return add(new ShuffleWriter(directories, format, memory, codec)
                    .writeEvenly(nextMapId(), partitions, written.size(), records));
        }
    }

    WrittenOutput writeCombined(Placement placement, Aggregator<?, ?> aggregator, List<?> pairs) throws Exception {
        try (TaskMemory memory = budget.openTask()) {
            return add(new ShuffleWriter(directories, format, memory, codec)
                    .writeCombined(nextMapId(), placement, aggregator, pairs.iterator()));
        }
    }

    private WrittenOutput add(WrittenOutput output) {
        outputs.addOutputs(MapOutput.newBuilder()
                .setShuffle(7)
                .setShuffleEpoch(3)
                .setMap(written.size())
                .setMapId(output.mapId())
                .setHost(NODE.host())
                .setNodePort(NODE.port())
                .setShufflePort(shufflePort)
                .setServicePort(servicePort)
                .setSizes(ByteString.copyFrom(output.sizes())));
        written.add(output);
        return output;
    }

    ShuffleClient client(long maxBytesInFlight) {
        return new ShuffleClient(directories, SECRET, JOB, maxBytesInFlight, Duration.ofSeconds(30));
    }

    /** A node that holds nothing: all that it reads comes over the network. */
    static LocalDirectories elsewhere(Path root) {
        return new LocalDirectories(List.of(root.resolve("elsewhere")), "container_2", new NodeId("node-2", 8041));
    }

    MapOutputsIndex index() {
        return MapOutputsIndex.of(outputs.build());
    }
}
