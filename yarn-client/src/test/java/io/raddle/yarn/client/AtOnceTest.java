package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AtOnceTest {
    private final AtOnce threads = new AtOnce();

    @Test
    void hasABoundOfThreadsAndLetsTheCallerDoTheRest() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        List<Future<Thread>> steps = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            steps.add(threads.start(() -> {
                done.await();
                return Thread.currentThread();
            }));
        }

        Thread mine = AtOnce.get(threads.start(Thread::currentThread));

        assertThat(mine).isSameAs(Thread.currentThread());
        done.countDown();
        for (Future<Thread> step : steps) {
            assertThat(AtOnce.get(step)).isNotSameAs(mine);
        }
    }

    @Test
    void letsAStepWaitForOnesThatItStarts() throws IOException {
        assertThat(nested(40)).isEqualTo(40);
    }

    private int nested(int depth) throws IOException {
        return depth == 0 ? 0 : 1 + AtOnce.get(threads.start(() -> nested(depth - 1)));
    }
}
