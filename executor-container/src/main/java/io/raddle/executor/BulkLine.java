package io.raddle.executor;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.wire.GuardedChannel;
import org.jspecify.annotations.Nullable;

/**
 * The connection for content, apart from the one for control so that heartbeats never wait behind data. Opened when first
 * needed, at the endpoint to which this executor is attached; callers wait while there is none. Thread-safe.
 */
final class BulkLine implements AutoCloseable {
    private static final int MAX_TRIES = 8;

    private final Connector connector;
    private @Nullable Endpoint endpoint;
    private @Nullable GuardedChannel open;

    BulkLine(Connector connector) {
        this.connector = connector;
    }

    /** An exchange with the endpoint that may be tried again from where it stopped. */
    @FunctionalInterface
    interface Exchange<T> {
        T over(Channel channel) throws InterruptedException;
    }

    synchronized void attached(Endpoint to) {
        if (!to.equals(endpoint)) {
            hangUp();
        }
        endpoint = to;
        notifyAll();
    }

    synchronized void detached() {
        hangUp();
        endpoint = null;
    }

    /** Runs an exchange; when a connection breaks under it, again over the next one. */
    <T> T run(Exchange<T> exchange) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            Channel channel = await();
            try {
                return exchange.over(channel);
            } catch (StatusRuntimeException e) {
                boolean broken = e.getStatus().getCode() == Status.Code.UNAVAILABLE
                        || e.getStatus().getCode() == Status.Code.CANCELLED;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!broken || tries == MAX_TRIES) {
                    throw e;
                }
                forget(channel);
            }
        }
    }

    /** Waits for the end of the connection, and keeps nobody else waiting meanwhile. */
    @Override
    public void close() {
        GuardedChannel last;
        synchronized (this) {
            last = open;
            open = null;
        }
        if (last != null) {
            last.close();
        }
    }

    /** The thread that keeps the executor attached comes here: it never waits. */
    private void hangUp() {
        GuardedChannel last = open;
        open = null;
        if (last != null) {
            last.abandon();
        }
    }

    private synchronized Channel await() throws InterruptedException {
        while (endpoint == null) {
            wait();
        }
        GuardedChannel channel = open;
        if (channel == null) {
            channel = connector.connect(endpoint);
            open = channel;
        }
        return channel.channel();
    }

    private synchronized void forget(Channel broken) {
        if (open != null && open.channel() == broken) {
            hangUp();
        }
    }
}
