package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.cluster.Container;
import io.raddle.endpoint.Attachment;
import io.raddle.endpoint.Link;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.DriverFrame;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.Hello;
import io.raddle.proto.Welcome;
import io.raddle.wire.Inbox;
import io.raddle.wire.Outbox;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the driver and one executor have said to each other, whichever stream carried it, and what the driver knows of
 * it. Belongs to the driver's thread.
 */
final class Conversation {
    private final Link link;
    private final ExecutorId executor;
    private Outbox outbox = new Outbox();
    private Inbox inbox = new Inbox();
    private Set<ByteString> plans = new HashSet<>();
    private Optional<Attachment> attachment = Optional.empty();
    private Optional<Container> container = Optional.empty();
    private Hello hello = Hello.getDefaultInstance();
    private long incarnation = -1;
    private long heardNanos;
    private long residentBytes;
    private boolean welcomed;
    private boolean introduced;
    private boolean acknowledgementDue;
    private boolean presumedLost;

    Conversation(Link link, ExecutorId executor) {
        this.link = link;
        this.executor = executor;
    }

    void granted(Container granted) {
        container = Optional.of(granted);
    }

    /** A stream was opened; another process under the same number begins the conversation anew. */
    void attached(Attachment stream, Hello greeting, long now) {
        if (stream.incarnation() != incarnation) {
            outbox = new Outbox();
            inbox = new Inbox();
            plans = new HashSet<>();
            incarnation = stream.incarnation();
        }
        attachment = Optional.of(stream);
        hello = greeting;
        heardNanos = now;
        presumedLost = false;
        welcomed = false;
    }

    void detached() {
        attachment = Optional.empty();
        welcomed = false;
    }

    /** Takes the executor for lost until it attaches again; false when it is so already. */
    boolean presumeLost() {
        boolean first = !presumedLost;
        presumedLost = true;
        return first;
    }

    boolean isAttachedBy(Attachment stream) {
        return attachment.filter(stream::equals).isPresent();
    }

    /** Takes note of a frame: whether its payload is to be acted on. */
    Inbox.Arrival heard(ExecutorFrame frame, long now) {
        heardNanos = now;
        outbox.acknowledged(frame.getAcknowledged());
        if (frame.getSequence() == 0) {
            return frame.getPayload().isEmpty() ? Inbox.Arrival.DUPLICATE : Inbox.Arrival.NEW;
        }
        acknowledgementDue = true;
        return inbox.arrived(frame.getSequence());
    }

    /** Answers a snapshot, and repeats what the executor has not taken. */
    void welcome(Welcome welcome) {
        ByteString payload =
                DriverMessage.newBuilder().setWelcome(welcome).build().toByteString();
        link.send(frame(0, payload));
        welcomed = true;
        introduced = true;
        outbox.unacknowledged().forEach(message -> link.send(frame(message.sequence(), message.payload())));
    }

    /** Says something: now when the executor is here, else after its next welcome. */
    void say(DriverMessage message) {
        Outbox.Numbered numbered = outbox.add(message.toByteString());
        if (welcomed) {
            link.send(frame(numbered.sequence(), numbered.payload()));
        }
    }

    /** Bytes that it was told and has not taken. */
    long unacknowledgedBytes() {
        return outbox.unacknowledgedBytes();
    }

    /** Acknowledges what came since the last frame. */
    void acknowledge() {
        if (acknowledgementDue && welcomed) {
            link.send(frame(0, ByteString.EMPTY));
        }
    }

    /** Whether this is the first time that the executor is to be sent this plan. */
    boolean lacks(ByteString plan) {
        return plans.add(plan);
    }

    /** The plan is of no stage that will run. */
    void forget(ByteString plan) {
        plans.remove(plan);
    }

    void beat(long resident) {
        residentBytes = resident;
    }

    /** Whether the core knows of it: it was granted, or its first snapshot was answered. */
    boolean isKnown() {
        return container.isPresent() || introduced;
    }

    ExecutorId executor() {
        return executor;
    }

    Hello hello() {
        return hello;
    }

    Optional<Container> container() {
        return container;
    }

    /** Where its process runs, by what was granted or else by what it said of itself. */
    Optional<String> containerId() {
        return container
                .map(Container::id)
                .or(() -> hasAttached() ? Optional.of(hello.getContainer()) : Optional.empty());
    }

    NodeId node() {
        return container.map(Container::node).orElseGet(() -> new NodeId(hello.getHost(), hello.getNodePort()));
    }

    long incarnation() {
        return incarnation;
    }

    long heardNanos() {
        return heardNanos;
    }

    long residentBytes() {
        return residentBytes;
    }

    boolean hasAttached() {
        return incarnation >= 0;
    }

    private DriverFrame frame(long sequence, ByteString payload) {
        acknowledgementDue = false;
        return DriverFrame.newBuilder()
                .setExecutor(executor.number())
                .setSequence(sequence)
                .setAcknowledged(inbox.acknowledged())
                .setPayload(payload)
                .build();
    }
}
