package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.cluster.LocalCluster;
import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.proto.AccumulatorUpdate;
import io.raddle.proto.LongSum;
import io.raddle.proto.TaskResult;
import io.raddle.schedule.Action;
import io.raddle.schedule.SchedulerCore;
import io.raddle.schedule.Settings;
import io.raddle.shared.AccumulatorUpdates;
import io.raddle.shared.CollectionAccumulator;
import io.raddle.shared.LongAccumulator;
import io.raddle.wire.Secret;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccumulatorDeskTest {
    private static final int MAX_PENDING = 100_000;

    @TempDir
    private Path directory;

    private final AccumulatorDesk desk = new AccumulatorDesk(Cleaner.create(), MAX_PENDING);
    private final RecordedLink link = new RecordedLink();
    private final Payloads payloads = new Payloads(link);

    private Performer performer() {
        DriverLoop loop = new DriverLoop(new SchedulerCore(Settings.fixed(1, 1, 1)));
        Roster roster = new Roster(link, Duration.ofSeconds(30));
        return new Performer(
                loop,
                link,
                roster,
                new Wishes(
                        new LocalCluster(directory, Secret.random(), getClass().getClassLoader(), 0, 1), roster),
                payloads,
                new StageBook(),
                new JobBook(loop),
                new Storages(loop),
                desk);
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(1, new StageId(0), 0, number);
    }

    private static TaskResult adding(long value) {
        return TaskResult.newBuilder()
                .setCommitted(true)
                .addUpdates(AccumulatorUpdate.newBuilder()
                        .setLongs(LongSum.newBuilder().setSum(value).setCount(1)))
                .build();
    }

    @Test
    void countsWhatTheCoreAcceptsAndNothingElse() {
        LongAccumulator sum = new LongAccumulator();
        desk.register(sum, "sum");
        Performer performer = performer();
        payloads.put(attempt(0), adding(1));
        payloads.put(attempt(1), adding(10));
        payloads.put(attempt(2), adding(100));

        performer.acceptPayload(new Action.AcceptPayload(attempt(0)));
        performer.acceptOutput(new Action.AcceptOutput(attempt(1)));
        performer.discardPayload(new Action.DiscardPayload(attempt(2)));

        assertThat(sum.value()).isEqualTo(1);
        assertThat(sum.count()).isEqualTo(1);
    }

    @Test
    void ignoresWhatIsAddedToAnAccumulatorThatNobodyCanReach() {
        desk.register(new LongAccumulator(), "gone");
        await().until(() -> {
            System.gc();
            return desk.size() == 0;
        });

        desk.take(adding(1).getUpdatesList());

        assertThat(desk.status()).isEmpty();
    }

    @Test
    void boundsWhatWaitsToBeMergedAndSaysSo() {
        CollectionAccumulator<String> all = new CollectionAccumulator<>();
        desk.register(all, "all");
        desk.take(List.of(adding("x".repeat(60_000))));
        desk.settle();
        desk.take(List.of(adding("y".repeat(60_000))));
        assertThat(all.value()).hasSize(2);

        desk.take(List.of(adding("x".repeat(60_000))));
        desk.take(List.of(adding("y".repeat(60_000))));
        assertThatThrownBy(all::value).hasMessageContaining("raddle.result.max").hasMessageContaining("(all)");
    }

    private static AccumulatorUpdate adding(String element) {
        CollectionAccumulator<String> added = new CollectionAccumulator<>();
        added.add(element);
        return AccumulatorUpdates.encode(0, added).orElseThrow();
    }
}
