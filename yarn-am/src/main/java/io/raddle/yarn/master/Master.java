package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.EndpointAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of one application, from the first container to the last word: the driver and the
 * allocation of executors beside each other, and the truth told to YARN and to watchers when it is over.
 */
final class Master {
    private static final Logger LOG = LoggerFactory.getLogger(Master.class);
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    /** Whoever follows may pass the output on to something slow, like a pager. */
    private static final Duration STALL = Duration.ofMinutes(1);

    private static final long CANCEL_SECONDS = 10;

    /** Loading a file system's client in the first moments would keep back the executors, unless some wait for it. */
    private static final long PUBLISH_AFTER_MILLIS = 3000;

    private final MasterContainer me;
    private final ApplicationSpec spec;
    private final Driving driver;
    private final YarnCluster cluster;
    private final Staging staging;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Thread lastWords = new Thread(this::dieEarly, "raddle-last-words");

    Master(MasterContainer me, ApplicationSpec spec, Driving driver, YarnCluster cluster, Staging staging) {
        this.me = me;
        this.spec = spec;
        this.driver = driver;
        this.cluster = cluster;
        this.staging = staging;
    }

    /** Runs the program and ends the application as it ended. */
    Ending run() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(lastWords);
        CompletableFuture<Ending> ending = driver.start();
        driver.onCancel(by -> cancel(by, ending));
        inBackground("raddle-publish", this::publish);
        Ending ended = ending.join();
        if (!told.compareAndSet(false, true)) {
            lastWords.join();
            return ended;
        }
        System.out.flush();
        System.err.flush();
        driver.finish(ended);
        unregister(ended);
        removeStaging();
        driver.awaitFarewell(FAREWELL, STALL);
        return ended;
    }

    /** The driver has cancelled its jobs; a program that does not end of it is left behind. */
    private void cancel(String by, CompletableFuture<Ending> ending) {
        Ending cancelled = Ending.failed(new Cause.Cancelled(by));
        driver.cancel(cancelled);
        ending.completeOnTimeout(cancelled, CANCEL_SECONDS, TimeUnit.SECONDS);
    }

    private void unregister(Ending ended) throws InterruptedException {
        try {
            cluster.finish(ended.forYarn(), ended.diagnostics());
        } catch (IOException | YarnException | RuntimeException e) {
            LOG.error(
                    "The ResourceManager did not hear that the application ended as {}: YARN will show it as failed.",
                    ended.state(),
                    e);
        }
    }

    private void removeStaging() {
        try {
            staging.remove();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The staging directory {} stays behind", spec.getStagingDirectory(), e);
        }
    }

    /** Executors that lose the endpoint and verbs look for it here; executors have it on their command lines too. */
    private void publish() {
        try {
            if (me.attempt() == 1) {
                Thread.sleep(PUBLISH_AFTER_MILLIS);
            }
            staging.publish(EndpointAddress.newBuilder()
                    .setAttempt(me.attempt())
                    .setHost(me.host())
                    .setPort(driver.port())
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!told.get()) {
                LOG.warn("The address of the master could not be written to {}", spec.getStagingDirectory(), e);
            }
        }
    }

    /** The process ends before the program did: by a signal, or because something other than user code ends it. */
    private void dieEarly() {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        if (me.attempt() < spec.getMaxAttempts()) {
            // Not the end: YARN starts the next attempt, and watchers and executors go over to it.
            return;
        }
        Ending killed = Ending.failed(
                new Cause.DriverLost("the application master was told to end before the program was done."));
        driver.finish(killed);
        try {
            unregister(killed);
            removeStaging();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
