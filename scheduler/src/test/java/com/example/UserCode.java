package com.example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What a program outside of the engine's packages would write. */
public final class UserCode {
    /** How many calls of {@link #waitForever} have begun, and how many were interrupted. */
    public static final AtomicInteger STARTED = new AtomicInteger();

    public static final AtomicInteger INTERRUPTED = new AtomicInteger();

    private UserCode() {}

    public static int divide(int by) {
        return 6 / by;
    }

    public static void waitForever() throws InterruptedException {
        STARTED.incrementAndGet();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            INTERRUPTED.incrementAndGet();
            throw e;
        }
    }

    /** Tasks that call {@link #pass} wait until a test lets them. */
    public static final class Gate {
        private static volatile CountDownLatch opened = new CountDownLatch(0);
        private static final AtomicInteger WAITING = new AtomicInteger();

        private Gate() {}

        public static void shut() {
            opened = new CountDownLatch(1);
            WAITING.set(0);
        }

        public static void open() {
            opened.countDown();
        }

        public static int waiting() {
            return WAITING.get();
        }

        public static <T> T pass(T record) throws InterruptedException {
            WAITING.incrementAndGet();
            opened.await();
            return record;
        }
    }
}
