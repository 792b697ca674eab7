package io.raddle.loader;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The threads of one program: the one that runs its main, and all that it makes. As on any JVM the program lives on in
 * them when main has returned, until the last that is no daemon is gone.
 */
public final class UserThreads {
    private static final long PATIENCE_MILLIS = 5000;

    private final Consumer<String> console;
    private final ThreadGroup group = new Group();

    /** None yet; {@code console} is told when a program outlives its main. */
    public UserThreads(Consumer<String> console) {
        this.console = console;
    }

    /** Starts the thread of main. */
    public void start(String name, ClassLoader loader, Runnable main) {
        Thread thread = new Thread(group, main, name);
        thread.setContextClassLoader(loader);
        thread.start();
    }

    /** Interrupts all. */
    public void interrupt() {
        group.interrupt();
    }

    /** Does it on a thread of ours when the last is gone; main itself may be waited for by others. */
    public void whenGone(Runnable then) {
        Thread waiting = new Thread(
                group.getParent(),
                () -> {
                    try {
                        await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("nothing interrupts this thread", e);
                    }
                    then.run();
                },
                "raddle-program-end");
        waiting.setDaemon(true);
        waiting.start();
    }

    /** Waits, outside of them and when main has returned, until the last that is no daemon is gone. */
    public void await() throws InterruptedException {
        long speakAt = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        boolean spoken = false;
        for (List<Thread> alive = alive(); !alive.isEmpty(); alive = alive()) {
            if (!spoken && System.nanoTime() - speakAt >= 0) {
                spoken = true;
                console.accept("main has returned; the application ends when these threads do: "
                        + String.join(", ", alive.stream().map(Thread::getName).toList())
                        + ". Shut down the pools that own them, or make them daemons.");
            }
            alive.get(0).join(spoken ? 0 : PATIENCE_MILLIS);
        }
    }

    private List<Thread> alive() {
        Thread[] all = new Thread[group.activeCount() + 16];
        int count = group.enumerate(all, true);
        return Arrays.stream(all, 0, count).filter(thread -> !thread.isDaemon()).toList();
    }

    /** A thread that called System.exit has said all that there is to say. */
    private static final class Group extends ThreadGroup {
        Group() {
            super("program");
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!(thrown instanceof UserExitError)) {
                super.uncaughtException(thread, thrown);
            }
        }
    }
}
