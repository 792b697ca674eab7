package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.raddle.PairRdd;
import io.raddle.Session;
import io.raddle.config.Configuration;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.function.Pair;
import io.raddle.proto.ExecutorStatus;
import io.raddle.proto.StageProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two executors is gone, between two jobs that read what it wrote. */
class LostNodeTest {
    private static final int MAPS = 40;
    private static final int PARTITIONS = 20;
    private static final int RECORDS = 4000;
    /** How many records were mapped; the executors are in this process. */
    private static final AtomicInteger MAPPED = new AtomicInteger();

    @TempDir
    Path directory;

    private TwoNodes nodes;
    private DriverHost host;
    private Session session;

    private void open(UnaryOperator<TwoNodes> with) {
        EndpointSettings endpoint = EndpointSettings.inProcess(directory.resolve("driver"), 64 << 20);
        nodes = with.apply(new TwoNodes(directory, endpoint.executorSecret(), 64 << 20));
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
        await().until(() -> attached() == TwoNodes.NODES);
    }

    @AfterEach
    void close() {
        session.close();
        host.close();
    }

    @Test
    void costsAtMostOneMoreAttemptOfTheStageThatWroteIt() {
        open(UnaryOperator.identity());

        countsThoughOneOfTwoIsGone();

        assertThat(MAPPED.get()).isBetween(RECORDS + 1, 2 * RECORDS);
    }

    @Test
    void costsNothingWhereItsNodeServesWhatItWrote() {
        open(TwoNodes::withShuffleServices);

        countsThoughOneOfTwoIsGone();

        assertThat(MAPPED.get()).isEqualTo(RECORDS);
    }

    private void countsThoughOneOfTwoIsGone() {
        MAPPED.set(0);
        PairRdd<Integer, Integer> sums = session.parallelize(
                        IntStream.range(0, RECORDS).boxed().toList(), MAPS)
                .mapToPair(each -> {
                    MAPPED.incrementAndGet();
                    return Pair.of(each % 100, 1);
                })
                .reduceByKey(Integer::sum, PARTITIONS);
        assertThat(sums.count()).isEqualTo(100);

        nodes.kill(1);
        await().until(() -> attached() == 1);

        assertThat(sums.values().reduce(Integer::sum)).isEqualTo(RECORDS);
        assertThat(host.application().status().getStagesList())
                .extracting(StageProgress::getStageAttempt)
                .isNotEmpty()
                .allMatch(attempt -> attempt <= 2);
    }

    private long attached() {
        return host.application().status().getExecutorsList().stream()
                .filter(ExecutorStatus::getAttached)
                .count();
    }
}
