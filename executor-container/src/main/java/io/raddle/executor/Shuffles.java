package io.raddle.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.config.ConfigKey;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.Partitioner;
import io.raddle.id.ShuffleId;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.Artifact;
import io.raddle.proto.Combine.Kind;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import io.raddle.proto.ShuffleInput;
import io.raddle.proto.ShuffleRead;
import io.raddle.proto.ShuffleWrite;
import io.raddle.proto.Welcome;
import io.raddle.shuffle.Combine;
import io.raddle.shuffle.FrameCodec;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.shuffle.MapId;
import io.raddle.shuffle.MapOutputsIndex;
import io.raddle.shuffle.Placement;
import io.raddle.shuffle.ShuffleClient;
import io.raddle.shuffle.ShuffleFiles;
import io.raddle.shuffle.ShuffleReader;
import io.raddle.shuffle.ShuffleWriter;
import io.raddle.shuffle.WrittenOutput;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The shuffles that tasks of this executor write and read, and the outputs that lie on its disks. Thread-safe. */
final class Shuffles {
    private static final int MAX_INDEXES = 64;

    private final LocalDirectories directories;
    private final Optional<ShuffleClient> client;
    private final int servicePort;
    private final Artifacts artifacts;
    private final Map<String, MapOutput> outputs = new ConcurrentHashMap<>();
    private final Map<ByteString, MapOutputsIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private volatile FrameCodec codec = FrameCodec.named(Keys.SHUFFLE_CODEC.defaultText());
    private volatile Driver driver = new Driver(-1, "");

    /** Whose outputs these are; names of outputs begin with its prefix. */
    private record Driver(int epoch, String prefix) {}

    /** {@code servicePort} is that of the node's own shuffle service, 0 when it has none. */
    Shuffles(LocalDirectories directories, Optional<ShuffleClient> client, int servicePort, Artifacts artifacts) {
        this.directories = directories;
        this.client = client;
        this.servicePort = servicePort;
        this.artifacts = artifacts;
    }

    /** Names map outputs and moves them as the driver says. */
    void welcomed(Welcome welcome) {
        driver(welcome.getEpoch(), welcome.getMapIdPrefix());
        Map<String, String> given = welcome.getConfigurationMap();
        codec = FrameCodec.named(value(Keys.SHUFFLE_CODEC, given));
        long inFlight = value(Keys.SHUFFLE_IN_FLIGHT, given);
        if (inFlight > 0) {
            client.ifPresent(each -> each.keepInFlight(inFlight));
        }
    }

    private static <T> T value(ConfigKey<T> key, Map<String, String> given) {
        return key.read(given.getOrDefault(key.name(), key.defaultText()));
    }

    /** From now on outputs are for this driver; what was written for an earlier one is of use to nobody. */
    private void driver(int epoch, String mapIdPrefix) {
        Driver earlier = driver;
        driver = new Driver(epoch, mapIdPrefix);
        if (earlier.epoch() != epoch) {
            List<Integer> shuffles = outputs.values().stream()
                    .map(MapOutput::getShuffle)
                    .distinct()
                    .toList();
            outputs.clear();
            shuffles.forEach(
                    shuffle -> new ShuffleFiles(directories).dropShuffle(earlier.prefix(), new ShuffleId(shuffle)));
        }
    }

    /** Epoch of the driver that this executor works for; negative before the first. */
    int epoch() {
        return driver.epoch();
    }

    /** What this executor wrote and nobody dropped. */
    Collection<MapOutput> outputs() {
        return outputs.values();
    }

    void drop(int shuffle) {
        outputs.values().removeIf(each -> each.getShuffle() == shuffle);
        new ShuffleFiles(directories).dropShuffle(driver.prefix(), new ShuffleId(shuffle));
    }

    MapOutput write(
            ShuffleWrite write,
            TaskAttempt attempt,
            Application application,
            TaskMemory memory,
            TaskCounters counters,
            Iterator<?> records)
            throws Exception {
        int map = attempt.launch().getPartition();
        Driver reader = driver;
        if (attempt.id().epoch() != reader.epoch()) {
            throw new RaddleException(new Cause.Cancelled("a driver that started anew"));
        }
        String id = MapId.of(
                reader.prefix(),
                new ShuffleId(write.getShuffle()),
                map,
                attempt.id().attempt());
        ShuffleWriter writer = new ShuffleWriter(directories, application.format(), memory, codec);
        WrittenOutput written = write.getPartitioner().isEmpty()
                ? spread(write, writer, id, map, records)
                : placed(write, writer, id, application, records);
        counters.shuffleWritten(written.bytes());
        counters.out(written.records(), written.bytes());
        MapOutput output = MapOutput.newBuilder()
                .setShuffle(write.getShuffle())
                .setShuffleEpoch(attempt.launch().getShuffleEpoch())
                .setMap(map)
                .setMapId(id)
                .setSizes(ByteString.copyFrom(written.sizes()))
                .setServicePort(servicePort)
                .build();
        if (driver.equals(reader)) {
            outputs.put(id, output);
        }
        return output;
    }

    private static WrittenOutput spread(
            ShuffleWrite write, ShuffleWriter writer, String id, int map, Iterator<?> records) {
        return write.getCombine().getKind() == Kind.SORT
                ? writer.writeEvenly(id, write.getPartitions(), map, records)
                : writer.write(id, Placement.roundRobin(write.getPartitions(), map), records);
    }

    private static WrittenOutput placed(
            ShuffleWrite write, ShuffleWriter writer, String id, Application application, Iterator<?> records)
            throws Exception {
        Placement placement = Placement.byKey((Partitioner) application.decode(write.getPartitioner()));
        var combine = write.getCombine();
        return combine.getKind() == Kind.AGGREGATE && combine.getMapSide()
                ? writer.writeCombined(
                        id, placement, (Aggregator<?, ?>) application.decode(combine.getAggregator()), records)
                : writer.write(id, placement, records);
    }

    Iterator<?> read(
            ShuffleRead read,
            TaskAttempt attempt,
            int partition,
            Application application,
            TaskMemory memory,
            TaskCounters counters)
            throws Exception {
        MapOutputsIndex index = index(attempt, read.getShuffle());
        counters.shuffleRead(index.bytes(partition));
        return new ShuffleReader(directories, client, application.format(), memory)
                .read(index, partition, combine(read.getCombine(), application));
    }

    Iterator<?> coGroup(List<Iterator<?>> inputs, Application application, TaskMemory memory) {
        return new ShuffleReader(directories, client, application.format(), memory).coGroup(inputs);
    }

    Iterator<?> byContent(Iterator<?> records, Application application, TaskMemory memory) {
        return new ShuffleReader(directories, client, application.format(), memory).byContent(records);
    }

    private static Combine combine(io.raddle.proto.Combine combine, Application application) {
        return switch (combine.getKind()) {
            case AGGREGATE ->
                new Combine.Aggregate(
                        (Aggregator<?, ?>) application.decode(combine.getAggregator()), combine.getMapSide());
            case GROUP -> new Combine.Group();
            case SORT ->
                combine.getComparator().isEmpty()
                        ? Combine.Sort.natural()
                        : new Combine.Sort((Comparator<?>) application.decode(combine.getComparator()));
            default -> new Combine.None();
        };
    }

    private MapOutputsIndex index(TaskAttempt attempt, int shuffle) throws InterruptedException {
        ShuffleInput input = attempt.launch().getShuffleInputsList().stream()
                .filter(each -> each.getShuffle() == shuffle)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a launch lacks the outputs of shuffle " + shuffle));
        synchronized (indexes) {
            MapOutputsIndex known = indexes.get(input.getSha256());
            if (known != null) {
                return known;
            }
        }
        MapOutputsIndex made = MapOutputsIndex.of(fetched(input));
        synchronized (indexes) {
            indexes.put(input.getSha256(), made);
            if (indexes.size() > MAX_INDEXES) {
                indexes.remove(indexes.keySet().iterator().next());
            }
        }
        return made;
    }

    private MapOutputs fetched(ShuffleInput input) throws InterruptedException {
        try {
            return MapOutputs.parseFrom(artifacts.bytes(Artifact.newBuilder()
                    .setSha256(input.getSha256())
                    .setName("map outputs of shuffle " + input.getShuffle())
                    .build()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a table of map outputs cannot be read", e);
        }
    }
}
