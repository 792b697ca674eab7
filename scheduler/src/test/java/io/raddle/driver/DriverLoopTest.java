package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raddle.cluster.LocalCluster;
import io.raddle.fault.Cause;
import io.raddle.schedule.Action;
import io.raddle.schedule.Event;
import io.raddle.schedule.SchedulerCore;
import io.raddle.schedule.Settings;
import io.raddle.wire.Secret;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLoopTest {
    @TempDir
    Path directory;

    private final DriverLoop loop = new DriverLoop(new SchedulerCore(Settings.fixed(1, 1, 1)));
    private final List<Cause> broken = new CopyOnWriteArrayList<>();
    private final AtomicInteger ticks = new AtomicInteger();

    @BeforeEach
    void start() {
        RecordedLink link = new RecordedLink();
        Roster roster = new Roster(link, Duration.ofSeconds(30));
        Action.Handler<?> performer = new Performer(
                loop,
                link,
                roster,
                // Before its start a cluster has no executors to give, and these tests ask for none.
                new Wishes(
                        new LocalCluster(directory, Secret.random(), getClass().getClassLoader(), 0, 1), roster),
                new Payloads(link),
                new StageBook(),
                new JobBook(loop),
                new Storages(loop),
                new AccumulatorDesk(Cleaner.create(), 1 << 20));
        loop.start(performer, new Rounds());
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void runsStepsOneAfterTheOtherInTheirOrder() {
        List<Integer> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5000; i++) {
            int step = i;
            loop.post(() -> order.add(step));
        }

        await().untilAsserted(() -> assertThat(order).hasSize(5000));
        assertThat(order).isSorted();
    }

    @Test
    void letsThoseWaitWhoPostMoreThanItHasRoomForAndLosesNothing() throws Exception {
        int steps = (1 << 16) + 1000;
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger posted = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        loop.post(() -> awaitOn(held));
        Thread poster = new Thread(() -> {
            for (int i = 0; i < steps; i++) {
                loop.post(done::incrementAndGet);
                posted.incrementAndGet();
            }
        });
        poster.start();

        await().until(() -> posted.get() == 1 << 16 && poster.getState() == Thread.State.TIMED_WAITING);
        assertThat(done).hasValue(0);

        held.countDown();
        await().until(() -> done.get() == steps);
        poster.join();
    }

    @Test
    void takesAStepOfItsOwnThreadThoughItHasNoRoomForAnother() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger before = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger doneBeforeOwn = new AtomicInteger(-1);
        loop.post(() -> {
            awaitOn(held);
            loop.post(() -> doneBeforeOwn.set(done.get()));
        });
        Thread poster = new Thread(() -> {
            for (int i = 0; i < (1 << 16) + 1; i++) {
                loop.post(done::incrementAndGet);
                before.incrementAndGet();
            }
        });
        poster.start();
        await().until(() -> before.get() == 1 << 16 && poster.getState() == Thread.State.TIMED_WAITING);

        held.countDown();

        await().until(() -> done.get() == (1 << 16) + 1);
        assertThat(doneBeforeOwn).hasValue(0);
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ticksWhileNothingHappens() {
        await().until(() -> ticks.get() >= 3);
    }

    @Test
    void takesAStepFromAThreadThatIsInterruptedAndKeepsTheInterrupt() {
        AtomicInteger done = new AtomicInteger();

        Thread.currentThread().interrupt();
        loop.post(done::incrementAndGet);
        assertThat(Thread.interrupted()).isTrue();

        await().until(() -> done.get() == 1);
    }

    @Test
    void saysSoWhenADefectEndsIt() {
        loop.post(() -> {
            throw new IllegalStateException("impossible");
        });

        await().until(() -> !broken.isEmpty());
        assertThat(broken).singleElement().isInstanceOfSatisfying(Cause.InternalError.class, cause -> {
            assertThat(cause.detail()).contains("impossible");
            assertThat(cause.stack()).contains("DriverLoopTest");
        });
        assertThat(loop.post(() -> loop.tell(new Event.Tick()))).isFalse();
        assertThat(loop.over()).contains(broken.get(0));
    }

    @Test
    void takesAnInterruptThatNobodyOfOursSentForADefect() {
        loop.post(() -> Thread.currentThread().interrupt());

        await().until(() -> !broken.isEmpty());
        assertThat(broken.get(0).happened()).contains("interrupted");
    }

    @Test
    void takesNoStepsOnceClosed() {
        loop.close();

        assertThat(loop.post(() -> {})).isFalse();
        assertThat(loop.over()).get().isInstanceOf(Cause.Cancelled.class);
        assertThat(broken).isEmpty();
    }

    private final class Rounds implements DriverLoop.Rounds {
        @Override
        public void tick(long now) {
            ticks.incrementAndGet();
        }

        @Override
        public void settled(long now) {}

        @Override
        public void broken(Cause cause) {
            broken.add(cause);
        }
    }
}
