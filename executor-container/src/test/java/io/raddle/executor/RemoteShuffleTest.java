package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Pair;
import io.raddle.id.ExecutorId;
import io.raddle.proto.Artifact;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import io.raddle.proto.ShuffleInput;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors on nodes of their own: what one wrote the other can only have over the network. */
class RemoteShuffleTest {
    private static final int PARTITIONS = 4;
    private static final int MAPS = 8;
    private static final int RECORDS_OF_A_MAP = 500;
    /** Less than a map task writes, and far less than a reduce task reads. */
    private static final long TINY_BYTES = 64 << 10;

    @TempDir
    Path directory;

    private final List<RunningExecutor> executors = new ArrayList<>();

    @BeforeEach
    void start() {
        ShuffleNetwork network = new ShuffleNetwork("job_1_1", Secret.random(), 0, PortRange.ANY);
        for (int number = 1; number <= 2; number++) {
            executors.add(new RunningExecutor(
                    new ExecutorIdentity(
                            new ExecutorId(number), 1, "container_" + number, "localhost", 8040 + number, "", 2),
                    directory.resolve("node-" + number),
                    TINY_BYTES,
                    Optional.of(network)));
        }
    }

    @AfterEach
    void stop() {
        executors.forEach(RunningExecutor::close);
    }

    @Test
    void joinsShufflesWhoseBlocksLieOnBothNodesAsNestedLoopsDoWhenNoneFitsIntoMemory() {
        List<Pair<Integer, String>> left = pairs("left", 1);
        List<Pair<Integer, String>> right = pairs("right", 2);
        List<MapOutput> leftOutputs = write(1, left);
        List<MapOutput> rightOutputs = write(2, right);

        StagePlan plan = TestPlans.coGrouped(1, 2, PARTITIONS, groups -> {
            List<String> joined = new ArrayList<>();
            groups.forEachRemaining(each -> {
                Pair<?, ?> group = (Pair<?, ?>) each;
                Iterable<?>[] sides = (Iterable<?>[]) group.value();
                for (Object one : sides[0]) {
                    for (Object other : sides[1]) {
                        joined.add(group.key() + " " + one + " " + other);
                    }
                }
            });
            return joined;
        });
        List<String> joined = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            RunningExecutor reader = executors.get(partition % 2);
            TaskReport report =
                    reduce(reader, plan, partition, table(reader, 1, leftOutputs), table(reader, 2, rightOutputs));
            for (Object line : (List<?>) RunningExecutor.value(report)) {
                joined.add((String) line);
            }
            assertThat(report.getMetrics().getSpilledBytes()).as("spilled").isPositive();
            assertThat(report.getMetrics().getShuffleBytesRead()).as("read").isPositive();
        }

        assertThat(counted(joined.stream()))
                .isEqualTo(counted(left.stream()
                        .flatMap(one -> right.stream()
                                .filter(other -> one.key().equals(other.key()))
                                .map(other -> one.key() + " " + one.value() + " " + other.value()))));
    }

    @Test
    void namesTheMapsOfTheNodeThatIsGone() {
        List<MapOutput> outputs = write(1, pairs("lost", 3));
        RunningExecutor reader = executors.get(0);
        executors.remove(1).close();

        StagePlan plan = TestPlans.coGrouped(1, 1, PARTITIONS, groups -> List.of());
        TaskReport report = reduce(reader, plan, 0, table(reader, 1, outputs));

        assertThat(report.getCause().getFetchFailed().getMapsList())
                .isNotEmpty()
                .allMatch(map -> map % 2 == 1);
    }

    private static List<Pair<Integer, String>> pairs(String side, long seed) {
        Random random = new Random(seed);
        List<Pair<Integer, String>> pairs = new ArrayList<>();
        for (int number = 0; number < MAPS * RECORDS_OF_A_MAP; number++) {
            pairs.add(Pair.of(random.nextInt(1500), side + number + "x".repeat(random.nextInt(60))));
        }
        return pairs;
    }

    /** Half of the maps on either node. */
    private List<MapOutput> write(int shuffle, List<Pair<Integer, String>> pairs) {
        StagePlan plan = TestPlans.keyed(shuffle, PARTITIONS);
        List<MapOutput> outputs = new ArrayList<>();
        for (int map = 0; map < MAPS; map++) {
            RunningExecutor writer = executors.get(map % 2);
            List<?> own = pairs.subList(map * RECORDS_OF_A_MAP, (map + 1) * RECORDS_OF_A_MAP);
            TaskLaunch task = TestPlans.task(plan, map, own).toBuilder()
                    .setAttempt(TestPlans.attempt(shuffle * 1000 + map))
                    .setShuffleEpoch(1)
                    .build();
            writer.launch(plan, task);
            outputs.add(writer.report(shuffle * 1000 + map).getResult().getMapOutput().toBuilder()
                    .setHost("localhost")
                    .setNodePort(writer.endpoint.lastHello().getNodePort())
                    .setShufflePort(writer.endpoint.lastHello().getShufflePort())
                    .build());
        }
        return outputs;
    }

    private static ShuffleInput table(RunningExecutor reader, int shuffle, List<MapOutput> outputs) {
        byte[] table = MapOutputs.newBuilder()
                .setShuffle(shuffle)
                .setShuffleEpoch(1)
                .addAllOutputs(outputs)
                .build()
                .toByteArray();
        Artifact artifact = reader.endpoint.publish("outputs", table, table);
        return ShuffleInput.newBuilder()
                .setShuffle(shuffle)
                .setShuffleEpoch(1)
                .setSha256(artifact.getSha256())
                .build();
    }

    private static TaskReport reduce(RunningExecutor reader, StagePlan plan, int partition, ShuffleInput... inputs) {
        reader.launch(
                plan,
                TaskLaunch.newBuilder()
                        .setAttempt(TestPlans.attempt(partition))
                        .setPlanSha256(TestPlans.sha256(plan))
                        .setPartition(partition)
                        .addAllShuffleInputs(List.of(inputs))
                        .build());
        return reader.report(partition);
    }

    private static Map<String, Long> counted(Stream<String> lines) {
        return lines.collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    }
}
