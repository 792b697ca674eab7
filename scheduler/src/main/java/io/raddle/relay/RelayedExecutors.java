package io.raddle.relay;

import io.raddle.endpoint.Attachment;
import io.raddle.endpoint.LinkEvents;
import io.raddle.id.ExecutorId;
import io.raddle.proto.ExecutorAttached;
import io.raddle.proto.ExecutorDetached;
import io.raddle.proto.RelayedFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The executors that are attached to the master, under numbers of our own, since another attempt of the master counts
 * anew. Called by the stream to the master, one event at a time; the listener may keep it waiting.
 */
final class RelayedExecutors {
    private final Map<Long, Attachment> byNumber = new HashMap<>();
    private final Map<ExecutorId, Long> numbers = new HashMap<>();
    private final Credit credit = new Credit();
    private volatile Optional<LinkEvents> listener = Optional.empty();
    private long attachments;

    void listen(LinkEvents driver) {
        listener = Optional.of(driver);
    }

    synchronized void attached(ExecutorAttached executor) {
        ExecutorId id = new ExecutorId(executor.getExecutor());
        Attachment attachment = new Attachment(id, executor.getIncarnation(), ++attachments);
        Long before = numbers.put(id, executor.getNumber());
        if (before != null) {
            byNumber.remove(before);
        }
        byNumber.put(executor.getNumber(), attachment);
        credit.forget(id);
        listener.ifPresent(it -> it.attached(attachment, executor.getHello()));
    }

    synchronized void received(RelayedFrame frame) {
        Attachment attachment = byNumber.get(frame.getNumber());
        if (attachment != null) {
            listener.ifPresent(it -> it.received(attachment, frame.getFrame()));
        }
    }

    synchronized void detached(ExecutorDetached executor) {
        Attachment attachment = byNumber.remove(executor.getNumber());
        if (attachment != null) {
            numbers.remove(attachment.executor());
            listener.ifPresent(it -> it.detached(attachment));
        }
    }

    /** Credit that the driver gives; what of it is to be said to the master now, if any. Never waits. */
    OptionalInt granted(ExecutorId executor, int frames) {
        return credit.add(executor, frames);
    }

    /** Credit that the driver gave and that was not said to the master yet. */
    Map<ExecutorId, Integer> keptCredit() {
        return credit.takeKept();
    }

    /** The stream to the master broke, and none is attached any more. */
    synchronized void lost() {
        List<Attachment> all = List.copyOf(byNumber.values());
        byNumber.clear();
        numbers.clear();
        listener.ifPresent(it -> {
            it.carrierLost();
            all.forEach(it::detached);
        });
    }

    synchronized void back() {
        listener.ifPresent(LinkEvents::carrierBack);
    }
}
