package io.raddle.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long the driver stays for those who read its output: until one says that it has all, or while they go on reading. */
final class Farewell {
    private boolean said;
    private int readers;
    private long movedAtNanos = System.nanoTime();

    /** A reader has come, who is owed the output to its end. */
    synchronized void readerCame() {
        readers++;
        moved();
    }

    /** A reader was sent all, or has gone. */
    synchronized void readerLeft() {
        readers--;
        moved();
    }

    /** A reader took something. */
    synchronized void moved() {
        movedAtNanos = System.nanoTime();
        notifyAll();
    }

    synchronized void say() {
        said = true;
        notifyAll();
    }

    /** Waits until it was said; false when nothing happened for {@code silence}, or {@code stall} while a reader lacks output. */
    synchronized boolean await(Duration silence, Duration stall) throws InterruptedException {
        moved();
        while (!said) {
            Duration bound = readers > 0 ? stall : silence;
            long left = bound.toNanos() - (System.nanoTime() - movedAtNanos);
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
