package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.yarn.client.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Interrupts.Target target =
            new Interrupts.Target(by -> asked.add("cancel by " + by), by -> asked.add("kill by " + by));
    private final Interrupts interrupts = new Interrupts(
            new Console(new PrintStream(err), new PrintStream(err, true, StandardCharsets.UTF_8), Set.of()), () -> {});

    @Test
    void cancelsAtTheFirstAndKillsAtTheSecond() throws InterruptedException {
        interrupts.passTo(target);
        assertThat(interrupts.any()).isFalse();

        interrupts.arrived();
        assertThat(next()).isEqualTo("cancel by Ctrl-C");
        interrupts.arrived();
        assertThat(next()).isEqualTo("kill by a second Ctrl-C");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("Cancelling; once more kills the application.\nKilling.\n");
    }

    @Test
    void passesOnWhatCameBetweenTheSubmitAndTheFollowingOfIt() throws InterruptedException {
        interrupts.arrived();
        assertThat(interrupts.any()).isTrue();

        interrupts.passTo(target);

        assertThat(next()).isEqualTo("cancel by Ctrl-C");
    }

    @Test
    void asksNobodyOnceTheApplicationHasEnded() {
        interrupts.passTo(target);
        interrupts.release();

        interrupts.arrived();

        assertThat(asked).isEmpty();
        assertThat(err.size()).isZero();
    }

    @Test
    void waitsForAStepOnlyUntilASignalComes() {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException("as a step may"));
        interrupts.await(failed);
        assertThat(interrupts.any()).isFalse();

        CompletableFuture<String> endless = new CompletableFuture<>();
        interrupts.arrived();
        interrupts.await(endless);
        assertThat(endless).isNotDone();
    }

    private String next() throws InterruptedException {
        return String.valueOf(asked.poll(30, TimeUnit.SECONDS));
    }
}
