package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.cluster.LocalCluster;
import io.raddle.endpoint.Attachment;
import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import io.raddle.schedule.SchedulerCore;
import io.raddle.schedule.Settings;
import io.raddle.wire.Secret;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorDeskTest {
    private static final Attachment ATTACHMENT = new Attachment(new ExecutorId(4), 1, 1);

    @TempDir
    private Path directory;

    private final DriverLoop loop = new DriverLoop(new SchedulerCore(Settings.fixed(1, 1, 1)));
    private final RecordedLink link = new RecordedLink();
    private final Roster roster = new Roster(link, Duration.ofSeconds(30));
    private final Payloads payloads = new Payloads(link);
    private final ExecutorDesk desk = new ExecutorDesk(loop, link, roster, payloads, Welcome.getDefaultInstance());

    @BeforeEach
    void start() {
        LocalCluster none =
                new LocalCluster(directory, Secret.random(), getClass().getClassLoader(), 0, 1);
        loop.start(
                new Performer(
                        loop,
                        link,
                        roster,
                        new Wishes(none, roster),
                        payloads,
                        new StageBook(),
                        new JobBook(loop),
                        new Storages(loop),
                        new AccumulatorDesk(Cleaner.create(), 1 << 20)),
                new NoRounds());
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void endsTheStreamOfAnExecutorThatSaysSomethingUnknown() {
        desk.attached(ATTACHMENT, Hello.getDefaultInstance());
        desk.received(
                ATTACHMENT,
                ExecutorFrame.newBuilder()
                        .setExecutor(4)
                        .setSequence(1)
                        .setPayload(ExecutorMessage.getDefaultInstance().toByteString())
                        .build());

        await().until(() -> !link.disconnections().isEmpty());
        assertThat(link.disconnections()).singleElement().asString().contains("must come from one engine archive");
    }

    @Test
    void endsTheStreamOfAnExecutorOfWhichAMessageIsMissing() {
        desk.attached(ATTACHMENT, Hello.getDefaultInstance());
        desk.received(
                ATTACHMENT,
                ExecutorFrame.newBuilder().setExecutor(4).setSequence(2).build());

        await().until(() -> !link.disconnections().isEmpty());
        assertThat(link.disconnections()).singleElement().asString().contains("A message before 2 is missing");
    }

    private static final class NoRounds implements DriverLoop.Rounds {
        @Override
        public void tick(long now) {}

        @Override
        public void settled(long now) {}

        @Override
        public void broken(Cause cause) {}
    }
}
