package com.example;

import io.raddle.function.Function;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions as users write them, outside the packages of the engine. */
public final class UserCode {
    /** Counted down by {@link #blocking} when it begins. */
    public static volatile CountDownLatch began = new CountDownLatch(1);

    /** How often {@link #counting} ran. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    private UserCode() {}

    public static Function<Object, Object> doubling() {
        return each -> 2 * (int) each;
    }

    public static Function<Object, Object> failing() {
        return each -> {
            throw new java.io.IOException("record " + each + " is bad", new IllegalStateException("deep"));
        };
    }

    public static Function<Object, Object> blocking() {
        return each -> {
            began.countDown();
            new CountDownLatch(1).await();
            return each;
        };
    }

    public static Function<Object, Object> counting() {
        return each -> CALLS.incrementAndGet();
    }

    public static Function<Object, Object> recursing() {
        return UserCode::recurse;
    }

    private static Object recurse(Object each) {
        return each.equals(-1) ? each : recurse(String.valueOf(each));
    }

    public static Function<Object, Object> outOfHeap() {
        return each -> {
            throw new OutOfMemoryError("Java heap space");
        };
    }

    public static Function<Object, Object> exiting() {
        return each -> {
            System.exit((int) each);
            return each;
        };
    }

    /** Remembers what it saw, as functions should not. */
    public static Function<Object, Object> remembering() {
        int[] calls = {0};
        return each -> ++calls[0];
    }
}
