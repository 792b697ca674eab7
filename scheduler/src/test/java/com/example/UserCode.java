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
}
