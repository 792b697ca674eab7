package io.raddle.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import io.raddle.proto.AttemptId;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Hello;
import io.raddle.proto.Snapshot;
import io.raddle.proto.TaskReport;
import io.raddle.wire.Inbox;
import io.raddle.wire.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What executor and driver have said to each other, whichever stream carried it: numbers, keeps and repeats. All state is
 * under one lock; messages of the driver are handed on outside of it by the caller.
 */
final class Conversation {
    private final int executor;
    private final long incarnation;
    private Outbox outbox = new Outbox();
    private Inbox inbox = new Inbox();
    private @Nullable StreamObserver<ExecutorFrame> stream;
    // Between an attach and its Welcome nothing but the greeting is sent.
    private boolean welcomed;
    // Read without the lock by slots that ask whether they may start another task.
    private volatile long unacknowledgedBytes;

    /** With more than this unacknowledged an executor starts no further task. */
    static final long MAX_UNACKNOWLEDGED_BYTES = 8 << 20;

    Conversation(int executor, long incarnation) {
        this.executor = executor;
        this.incarnation = incarnation;
    }

    /** Says something: now when a welcomed stream is there, else after the next welcome. */
    synchronized void say(ExecutorMessage message) {
        Outbox.Numbered numbered = outbox.add(message.toByteString());
        unacknowledgedBytes = outbox.unacknowledgedBytes();
        if (welcomed) {
            send(numbered);
        }
    }

    /** Says something that is worth nothing later; left out when nobody listens now. */
    synchronized void sayNowOrNever(ExecutorMessage message) {
        if (welcomed) {
            say(message);
        }
    }

    /** Begins on a new stream: who this is and what it holds. */
    synchronized void greet(StreamObserver<ExecutorFrame> newStream, Hello hello, Snapshot.Builder held) {
        stream = newStream;
        welcomed = false;
        held.addAllUnacknowledged(unacknowledgedReports());
        newStream.onNext(
                frame(0, ExecutorMessage.newBuilder().setSnapshot(held).build().toByteString())
                        .setHello(hello)
                        .build());
    }

    /** The driver took the greeting in: repeats what it has not acknowledged. */
    synchronized void welcome(boolean ofAnotherDriver) {
        if (ofAnotherDriver) {
            outbox = new Outbox();
            inbox = new Inbox();
            unacknowledgedBytes = 0;
            notifyAll();
        }
        welcomed = stream != null;
        if (welcomed) {
            outbox.unacknowledged().forEach(this::send);
        }
    }

    /** The stream is gone; what is said from now on waits for the next one. */
    synchronized boolean lost(StreamObserver<ExecutorFrame> gone) {
        if (stream != gone) {
            return false;
        }
        stream = null;
        welcomed = false;
        return true;
    }

    /** Takes note of a frame of this stream and says whether its payload is to be acted on. */
    synchronized Inbox.Arrival heard(StreamObserver<ExecutorFrame> from, DriverFrame frame) {
        if (stream != from) {
            return Inbox.Arrival.DUPLICATE;
        }
        outbox.acknowledged(frame.getAcknowledged());
        unacknowledgedBytes = outbox.unacknowledgedBytes();
        notifyAll();
        if (frame.getSequence() == 0) {
            return frame.getPayload().isEmpty() ? Inbox.Arrival.DUPLICATE : Inbox.Arrival.NEW;
        }
        return inbox.arrived(frame.getSequence());
    }

    /** Ends the stream, if there is one, from this side. */
    synchronized void hangUp() {
        StreamObserver<ExecutorFrame> last = stream;
        stream = null;
        welcomed = false;
        if (last != null) {
            last.onCompleted();
        }
    }

    /** Waits while too much is unacknowledged. */
    void awaitRoom() throws InterruptedException {
        if (unacknowledgedBytes > MAX_UNACKNOWLEDGED_BYTES) {
            synchronized (this) {
                while (unacknowledgedBytes > MAX_UNACKNOWLEDGED_BYTES) {
                    wait();
                }
            }
        }
    }

    /** Waits until all that was said is acknowledged, but no longer than {@code millis}. */
    synchronized void awaitAcknowledged(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (unacknowledgedBytes > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private void send(Outbox.Numbered message) {
        StreamObserver<ExecutorFrame> open = stream;
        if (open != null) {
            open.onNext(frame(message.sequence(), message.payload()).build());
        }
    }

    private ExecutorFrame.Builder frame(long sequence, ByteString payload) {
        return ExecutorFrame.newBuilder()
                .setExecutor(executor)
                .setIncarnation(incarnation)
                .setSequence(sequence)
                .setAcknowledged(inbox.acknowledged())
                .setPayload(payload);
    }

    private List<AttemptId> unacknowledgedReports() {
        List<AttemptId> attempts = new ArrayList<>();
        for (Outbox.Numbered message : outbox.unacknowledged()) {
            try {
                ExecutorMessage.parseFrom(message.payload()).getReports().getReportsList().stream()
                        .map(TaskReport::getAttempt)
                        .forEach(attempts::add);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a message of our own cannot be read", e);
            }
        }
        return attempts;
    }
}
