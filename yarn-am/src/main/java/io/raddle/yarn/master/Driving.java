package io.raddle.yarn.master;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The driver of an application as its master has it: in this very process, or elsewhere and relayed. Thread-safe. */
interface Driving {
    /** Begins; the answer comes once, on any thread, and says how the program ended. */
    CompletableFuture<Ending> start();

    /** Where executors, watchers and a driver elsewhere call. */
    int port();

    /** Calls {@code action} with the name of whoever cancels the application. */
    void onCancel(Consumer<String> action);

    /** Asks the program to end, and has that be how it ended. */
    void cancel(Ending asCancelled);

    /** Tells watchers how the application ended; the first end counts. */
    void finish(Ending ended);

    /**
     * Waits until whoever should has seen the end, as long as something happens within {@code silence}, or within
     * {@code stall} while somebody has not got all output.
     */
    void awaitFarewell(Duration silence, Duration stall) throws InterruptedException;
}
