package io.raddle.executor;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.raddle.config.Keys;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Heartbeat;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import io.raddle.wire.GuardedChannel;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that keeps an executor attached, beats, and flushes reports that waited long enough. Without an endpoint
 * it looks for one, further and further apart, until the lease is over. Its state is under its own lock; the driver's
 * orders are handed on by the threads of gRPC, never under the lock.
 */
final class ControlLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final long FIRST_LEASE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long MIN_BACK_OFF_MILLIS = 50;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;

    private final EndpointLocator locator;
    private final Connector connector;
    private final Hello hello;
    private final Conversation conversation;
    private final Reports reports;
    private final BulkLine bulk;
    private final DriverOrders orders;
    private final Supplier<Heartbeat> beat;
    private final ExecutorEnd end;

    private @Nullable Attach current;
    private boolean ended;
    private int epoch = -1;
    private long leaseNanos = FIRST_LEASE_NANOS;
    private long beatNanos = TimeUnit.SECONDS.toNanos(1);

    ControlLoop(
            EndpointLocator locator,
            Connector connector,
            Hello hello,
            Conversation conversation,
            Reports reports,
            BulkLine bulk,
            DriverOrders orders,
            Supplier<Heartbeat> beat,
            ExecutorEnd end) {
        this.locator = locator;
        this.connector = connector;
        this.hello = hello;
        this.conversation = conversation;
        this.reports = reports;
        this.bulk = bulk;
        this.orders = orders;
        this.beat = beat;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (!over()) {
                if (!attachWithinLease()) {
                    return;
                }
                beatUntilDetached();
            }
        } catch (InterruptedException e) {
            LOG.debug("The control loop was interrupted", e);
        } finally {
            hangUp();
        }
    }

    /** Looks again at what is due. */
    synchronized void wake() {
        notifyAll();
    }

    /** Ends the loop. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private boolean attachWithinLease() throws InterruptedException {
        long lostAt = System.nanoTime();
        long backOffMillis = MIN_BACK_OFF_MILLIS;
        while (!over()) {
            if (attach()) {
                return true;
            }
            if (System.nanoTime() - lostAt >= lease()) {
                end.of(ExitCode.LEASE_OVER, "no endpoint answered until the lease was over");
                return false;
            }
            pause(backOffMillis / 2 + ThreadLocalRandom.current().nextLong(backOffMillis));
            backOffMillis = Math.min(MAX_BACK_OFF_MILLIS, backOffMillis * 2);
        }
        return false;
    }

    private boolean attach() throws InterruptedException {
        Endpoint endpoint;
        try {
            endpoint = locator.locate();
        } catch (IOException e) {
            // A NameNode sends its own stack along.
            LOG.warn(
                    "The endpoint could not be looked up: {}",
                    e.toString().lines().findFirst().orElse(""));
            return false;
        }
        Attach attach = new Attach(endpoint, connector.connect(endpoint));
        synchronized (this) {
            current = attach;
        }
        attach.greet();
        if (awaitWelcome(attach)) {
            bulk.attached(endpoint);
            return true;
        }
        attach.close();
        return false;
    }

    private synchronized boolean awaitWelcome(Attach attach) throws InterruptedException {
        long deadline = System.nanoTime() + GREETING_NANOS;
        while (!ended && !attach.welcomed && !attach.lost) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                LOG.warn("{} did not welcome this executor in time", attach.endpoint);
                return false;
            }
            waitNanos(left);
        }
        return attach.welcomed && !attach.lost;
    }

    private void beatUntilDetached() throws InterruptedException {
        long nextBeat = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long due = reports.dueNanos(now);
            if (due - now <= 0) {
                reports.flush();
                continue;
            }
            if (nextBeat - now <= 0) {
                conversation.sayNowOrNever(
                        ExecutorMessage.newBuilder().setHeartbeat(beat.get()).build());
                nextBeat = now + beatInterval();
            }
            synchronized (this) {
                Attach attach = current;
                if (ended || attach == null || attach.lost) {
                    break;
                }
                // A batch that began since `due` was read woke nobody: look once more under the lock.
                long sooner = Math.min(Math.min(due, reports.dueNanos(now)), nextBeat) - System.nanoTime();
                if (sooner > 0) {
                    waitNanos(sooner);
                }
            }
        }
        hangUp();
    }

    private void hangUp() {
        bulk.detached();
        conversation.hangUp();
        Attach last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            last.close();
        }
    }

    private synchronized boolean over() {
        return ended;
    }

    private synchronized boolean everWelcomed() {
        return epoch >= 0;
    }

    private synchronized long lease() {
        return leaseNanos;
    }

    private synchronized long beatInterval() {
        return beatNanos;
    }

    private synchronized void pause(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!ended && deadline - System.nanoTime() > 0) {
            waitNanos(deadline - System.nanoTime());
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whoever calls it looks again
    private synchronized void waitNanos(long nanos) throws InterruptedException {
        wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    private synchronized boolean remember(Welcome welcome) {
        boolean ofAnotherDriver = epoch >= 0 && epoch != welcome.getEpoch();
        epoch = welcome.getEpoch();
        if (welcome.getLeaseMillis() > 0) {
            leaseNanos = TimeUnit.MILLISECONDS.toNanos(welcome.getLeaseMillis());
        }
        String interval = welcome.getConfigurationMap().get(Keys.HEARTBEAT_INTERVAL.name());
        if (interval != null) {
            beatNanos = Keys.HEARTBEAT_INTERVAL.read(interval).toNanos();
        }
        return ofAnotherDriver;
    }

    /** One stream to one endpoint; its frames arrive one at a time on threads of gRPC. */
    private final class Attach implements StreamObserver<DriverFrame> {
        private final Endpoint endpoint;
        private final GuardedChannel channel;
        private final StreamObserver<ExecutorFrame> toDriver;
        private boolean welcomed;
        private boolean lost;

        Attach(Endpoint endpoint, GuardedChannel channel) {
            this.endpoint = endpoint;
            this.channel = channel;
            this.toDriver = ExecutorEndpointGrpc.newStub(channel.channel()).attach(this);
        }

        void greet() {
            reports.flush();
            conversation.greet(toDriver, hello, orders.held());
        }

        @Override
        public void onNext(DriverFrame frame) {
            switch (conversation.heard(toDriver, frame)) {
                case NEW -> take(frame);
                case DUPLICATE -> {}
                case GAP -> {
                    LOG.warn("A message of the driver is missing; attaching again");
                    lose();
                }
            }
        }

        private void take(DriverFrame frame) {
            DriverMessage message;
            try {
                message = DriverMessage.parseFrom(frame.getPayload());
            } catch (InvalidProtocolBufferException e) {
                end.of(ExitCode.DEFECT, "a message of the driver cannot be read: " + e.getMessage());
                return;
            }
            if (!message.hasWelcome()) {
                orders.take(message);
                return;
            }
            boolean ofAnotherDriver = remember(message.getWelcome());
            orders.welcome(message.getWelcome(), ofAnotherDriver);
            conversation.welcome(ofAnotherDriver);
            synchronized (ControlLoop.this) {
                welcomed = true;
                ControlLoop.this.notifyAll();
            }
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            LOG.info("The stream to {} ended: {} {}", endpoint, status.getCode(), status.getDescription());
            switch (status.getCode()) {
                case UNAUTHENTICATED, FAILED_PRECONDITION -> refused(status);
                default -> {}
            }
            lose();
        }

        /** The address of an endpoint that is gone may be another application's by now: only a first refusal is final. */
        private void refused(Status status) {
            if (!everWelcomed()) {
                end.of(ExitCode.REFUSED, endpoint + " refused this executor: " + status.getDescription());
            }
        }

        @Override
        public void onCompleted() {
            lose();
        }

        private void lose() {
            conversation.lost(toDriver);
            synchronized (ControlLoop.this) {
                lost = true;
                ControlLoop.this.notifyAll();
            }
        }

        void close() {
            conversation.lost(toDriver);
            channel.abandon();
        }
    }
}
