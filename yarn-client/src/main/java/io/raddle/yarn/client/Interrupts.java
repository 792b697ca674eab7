package io.raddle.yarn.client;

import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.watch.Attachment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C from before the first write until everything is cleaned up. Who submits looks at {@link #any}; while an
 * application is followed, the first asks it to cancel and the second kills it, those included that came before. The
 * third ends this process at once.
 */
final class Interrupts implements AutoCloseable {
    /** How messages name what came. */
    static final String BY = "Ctrl-C";

    private static final List<String> SIGNALS = List.of("INT", "TERM");
    /** The end of a terminal: what runs elsewhere outlives it. */
    private static final String HANG_UP = "HUP";

    private static final int HEEDED = 2;
    private static final int SIGNAL_EXIT = 130;

    /** Whom signals are passed to; each gets the name of who asks. */
    record Target(Consumer<String> cancel, Consumer<String> kill) {
        static Target of(Attachment attachment) {
            return new Target(attachment::cancel, attachment::kill);
        }
    }

    private final Console console;
    private final Runnable lastly;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();
    private Optional<Target> target = Optional.empty();
    private int passed;

    /** {@code lastly} is what the third does before it ends the process. */
    Interrupts(Console console, Runnable lastly) {
        this.console = console;
        this.lastly = lastly;
    }

    /** Of what lives on when this process does not. */
    static Interrupts handle(Console console, Runnable lastly) {
        Interrupts interrupts = new Interrupts(console, lastly);
        SIGNALS.forEach(interrupts::heed);
        return interrupts;
    }

    /** Of what ends with this process, as with its terminal. */
    static Interrupts handleHangUpToo(Console console, Runnable lastly) {
        Interrupts interrupts = handle(console, lastly);
        interrupts.heed(HANG_UP);
        return interrupts;
    }

    private void heed(String name) {
        Signal signal = new Signal(name);
        before.put(signal, Signal.handle(signal, any -> arrived()));
    }

    /** The JVM's own handlers run its shutdown hooks; those of the system would not. */
    @Override
    public void close() {
        before.forEach(Signal::handle);
    }

    /** Whether one has come. */
    boolean any() {
        return count.get() > 0;
    }

    /** Returns when a step has ended, however it did, or when a signal came. */
    void await(CompletableFuture<?> step) {
        CompletableFuture.anyOf(step, first).handle((result, failure) -> true).join();
    }

    /** From now on signals are for this one, and so are those that came already. */
    synchronized void passTo(Target followed) {
        target = Optional.of(followed);
        pass();
    }

    /** Nothing is followed any more; what is left to do ends by itself. */
    synchronized void release() {
        target = Optional.empty();
    }

    void arrived() {
        if (count.incrementAndGet() > HEEDED) {
            lastly.run();
            Runtime.getRuntime().halt(SIGNAL_EXIT);
        }
        first.complete(true);
        pass();
    }

    private synchronized void pass() {
        if (target.isEmpty()) {
            return;
        }
        Target followed = target.get();
        while (passed < Math.min(count.get(), HEEDED)) {
            passed++;
            if (passed == 1) {
                console.say("Cancelling; once more kills the application.");
                aside(() -> followed.cancel().accept(BY));
            } else {
                console.say("Killing.");
                aside(() -> followed.kill().accept("a second " + BY));
            }
        }
    }

    /** A signal's thread must return at once. */
    private void aside(Runnable action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (RaddleException e) {
                        console.say(e.fault().sentences());
                    }
                },
                "raddle-interrupt");
        thread.setDaemon(true);
        thread.start();
    }
}
