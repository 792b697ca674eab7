package io.raddle.yarn.client;

import io.raddle.fault.RaddleException;
import io.raddle.yarn.client.console.Console;
import io.raddle.yarn.client.watch.Attachment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while an application is followed: the first asks the application to cancel and goes on waiting for its end, the
 * second kills it. The third ends this process at once.
 */
final class Interrupts implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    private static final int SIGNAL_EXIT = 130;

    private final Attachment attachment;
    private final Console console;
    private final AtomicInteger count = new AtomicInteger();

    private Interrupts(Attachment attachment, Console console) {
        this.attachment = attachment;
        this.console = console;
    }

    static Interrupts to(Attachment attachment, Console console) {
        Interrupts interrupts = new Interrupts(attachment, console);
        SIGNALS.forEach(name -> Signal.handle(new Signal(name), signal -> interrupts.arrived()));
        return interrupts;
    }

    @Override
    public void close() {
        SIGNALS.forEach(name -> Signal.handle(new Signal(name), SignalHandler.SIG_DFL));
    }

    private void arrived() {
        switch (count.incrementAndGet()) {
            case 1 -> {
                console.say("Cancelling; once more kills the application.");
                aside(() -> attachment.cancel("Ctrl-C"));
            }
            case 2 -> {
                console.say("Killing.");
                aside(() -> attachment.kill("a second Ctrl-C"));
            }
            default -> Runtime.getRuntime().halt(SIGNAL_EXIT);
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
