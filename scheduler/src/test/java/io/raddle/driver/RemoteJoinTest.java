package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.raddle.Joined;
import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.config.Configuration;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.function.Pair;
import io.raddle.proto.ExecutorStatus;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose shuffles go from node to node, through executors whose memory holds next to nothing. */
class RemoteJoinTest {
    private static final int RECORDS = 4000;
    private static final int KEYS = 1500;
    private static final long TINY_BYTES = 64 << 10;

    @TempDir
    Path directory;

    private TwoNodes nodes;
    private DriverHost host;
    private Session session;

    private final List<Pair<Integer, String>> left = pairs("left", 1);
    private final List<Pair<Integer, String>> right = pairs("right", 2);

    @BeforeEach
    void open() {
        EndpointSettings endpoint = EndpointSettings.inProcess(directory.resolve("driver"), 64 << 20);
        nodes = new TwoNodes(directory, endpoint.executorSecret(), TINY_BYTES);
        HostSettings settings = new HostSettings(
                "test",
                1,
                "1-1-1",
                TwoNodes.NODES,
                TwoNodes.SLOTS,
                Configuration.defaults(),
                ByteString.EMPTY,
                List.of(),
                endpoint);
        host = DriverHost.start(settings, nodes);
        host.install();
        session = Session.builder().build();
        await().until(() -> host.application().status().getExecutorsList().stream()
                        .filter(ExecutorStatus::getAttached)
                        .count()
                == TwoNodes.NODES);
    }

    @AfterEach
    void close() {
        session.close();
        host.close();
    }

    @Test
    void joinAsNestedLoopsDo() throws IOException {
        PairRdd<Integer, Joined<String, String>> join = rdd(left).join(rdd(right), 5);
        List<String> joined = join.map(each -> each.key() + " " + each.value().left() + " "
                        + each.value().right())
                .collect();

        assertThat(counted(joined.stream(), each -> each))
                .isEqualTo(counted(
                        left.stream()
                                .flatMap(one -> right.stream()
                                        .filter(other -> one.key().equals(other.key()))
                                        .map(other -> one.key() + " " + one.value() + " " + other.value())),
                        each -> each));
        for (int node = 1; node <= TwoNodes.NODES; node++) {
            assertThat(nodes.spills(node)).as("made for the first spill").isDirectory();
            assertThat(outputs(node)).as("map outputs on node " + node).isPositive();
        }
        // What no program can ask for again is deleted.
        Reference.reachabilityFence(join);
    }

    @Test
    void bringTogetherWhatEachSideHas() {
        List<String> groups = rdd(left)
                .cogroup(rdd(right), 3)
                .map(each -> each.key() + " " + size(each.value().left()) + " "
                        + size(each.value().right()))
                .collect();

        Map<String, Long> ofLeft = counted(left.stream(), pair -> pair.key().toString());
        Map<String, Long> ofRight = counted(right.stream(), pair -> pair.key().toString());
        assertThat(groups)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ofLeft.keySet().stream(), ofRight.keySet().stream())
                        .distinct()
                        .map(key -> key + " " + ofLeft.getOrDefault(key, 0L) + " " + ofRight.getOrDefault(key, 0L))
                        .toList());
    }

    @Test
    void keepKeysThatOneSideLacks() {
        List<String> joined = rdd(left)
                .fullOuterJoin(rdd(right))
                .filter(each ->
                        each.value().left().isEmpty() || each.value().right().isEmpty())
                .map(each -> each.key() + " "
                        + present(each.value().left(), each.value().right()))
                .collect();

        assertThat(counted(joined.stream(), each -> each))
                .isEqualTo(counted(Stream.concat(lacking(left, right), lacking(right, left)), each -> each));
        assertThat(joined).isNotEmpty();
    }

    private static String present(Optional<String> one, Optional<String> other) {
        return one.or(() -> other).orElseThrow();
    }

    private static Stream<String> lacking(List<Pair<Integer, String>> some, List<Pair<Integer, String>> others) {
        Map<Integer, Long> theirs = others.stream().collect(Collectors.groupingBy(Pair::key, Collectors.counting()));
        return some.stream()
                .filter(each -> !theirs.containsKey(each.key()))
                .map(each -> each.key() + " " + each.value());
    }

    private PairRdd<Integer, String> rdd(List<Pair<Integer, String>> pairs) {
        return session.parallelize(pairs, 8).mapToPair(each -> each);
    }

    private static List<Pair<Integer, String>> pairs(String side, long seed) {
        Random random = new Random(seed);
        List<Pair<Integer, String>> pairs = new ArrayList<>();
        for (int number = 0; number < RECORDS; number++) {
            pairs.add(Pair.of(random.nextInt(KEYS), side + number + "x".repeat(random.nextInt(60))));
        }
        return pairs;
    }

    private static long size(Iterable<?> values) {
        long size = 0;
        for (Object value : values) {
            assertThat(value).isNotNull();
            size++;
        }
        return size;
    }

    private long outputs(int node) throws IOException {
        try (Stream<Path> files = Files.walk(nodes.disk(node))) {
            return files.filter(file -> file.endsWith("file.out")).count();
        }
    }

    private static <T> Map<String, Long> counted(Stream<T> all, Function<T, String> name) {
        return all.collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
    }
}
