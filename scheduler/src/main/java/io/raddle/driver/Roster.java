package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.Link;
import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.DropShuffle;
import io.raddle.schedule.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The executors and containers that are, by number. Belongs to the driver's thread. */
final class Roster {
    /** What an executor may leave untaken, here and in the buffers of its stream; one that listens stays far below. */
    private static final long MAX_UNTAKEN_BYTES = 128 << 20;

    private final Link link;
    private final long silenceNanos;
    private final Map<ExecutorId, Conversation> executors = new TreeMap<>();
    private final AbandonedOutputs abandoned = new AbandonedOutputs();
    private boolean outOfReach;
    private long reachedNanos = Long.MIN_VALUE;

    Roster(Link link, Duration longestSilence) {
        this.link = link;
        this.silenceNanos = longestSilence.toNanos();
    }

    Conversation of(ExecutorId executor) {
        return executors.computeIfAbsent(executor, id -> new Conversation(link, id));
    }

    Optional<Conversation> find(ExecutorId executor) {
        return Optional.ofNullable(executors.get(executor));
    }

    Optional<Conversation> inContainer(String container) {
        return executors.values().stream()
                .filter(executor ->
                        executor.containerId().filter(container::equals).isPresent())
                .findFirst();
    }

    List<ExecutorId> on(NodeId node) {
        return executors.values().stream()
                .filter(executor -> executor.node().equals(node))
                .map(Conversation::executor)
                .toList();
    }

    void remove(ExecutorId executor) {
        executors.remove(executor);
        link.disconnect(executor, "The container of this executor has ended.");
    }

    /** How many containers that the core was told of have not ended. */
    int containers() {
        return (int) executors.values().stream().filter(Conversation::isKnown).count();
    }

    void say(ExecutorId executor, DriverMessage message) {
        find(executor).ifPresent(conversation -> conversation.say(message));
    }

    void sayToAll(DriverMessage message) {
        executors.values().stream().filter(Conversation::hasAttached).forEach(each -> each.say(message));
    }

    /** Has outputs deleted wherever they may lie: now by the executors that are, else by the next on one of these nodes. */
    void dropShuffle(ShuffleId shuffle, Set<NodeId> nodes) {
        sayToAll(deletion(shuffle));
        nodes.stream()
                .filter(node -> executors.values().stream()
                        .noneMatch(executor ->
                                executor.hasAttached() && executor.node().equals(node)))
                .forEach(node -> abandoned.add(node, shuffle));
    }

    /** Tells an executor that was just welcomed what was to be deleted on its node while there was none. */
    void catchUp(Conversation executor) {
        abandoned.take(executor.node()).forEach(shuffle -> executor.say(deletion(shuffle)));
    }

    /** There is nothing to delete on that node any more. */
    void nodeLost(NodeId node) {
        abandoned.take(node);
    }

    private static DriverMessage deletion(ShuffleId shuffle) {
        return DriverMessage.newBuilder()
                .setDropShuffle(DropShuffle.newBuilder().setShuffle(shuffle.number()))
                .build();
    }

    void forget(ByteString plan) {
        executors.values().forEach(executor -> executor.forget(plan));
    }

    void acknowledge() {
        executors.values().forEach(Conversation::acknowledge);
    }

    Collection<Conversation> all() {
        return executors.values();
    }

    /**
     * Those that were silent for too long, or did not take what they were told; each is named once until it attaches
     * again. Its stream is ended: one that lives, and may never have noticed, attaches again and says what it holds.
     */
    List<Event.ExecutorLost> silent(long now) {
        List<Event.ExecutorLost> lost = new ArrayList<>();
        for (Conversation executor : executors.values()) {
            Optional<String> why = whyLost(executor, now);
            if (why.isPresent() && executor.presumeLost()) {
                lost.add(lost(executor, why.get()));
                link.disconnect(executor.executor(), why.get());
            }
        }
        return lost;
    }

    /** No executor can be heard. */
    void carrierLost() {
        outOfReach = true;
    }

    /** Executors can be heard again, so that their silence counts from now on. */
    void carrierBack(long now) {
        outOfReach = false;
        reachedNanos = now;
    }

    private Optional<String> whyLost(Conversation executor, long now) {
        if (!executor.hasAttached() || outOfReach) {
            return Optional.empty();
        }
        long silence = now - Math.max(executor.heardNanos(), reachedNanos);
        if (silence > silenceNanos) {
            return Optional.of(executor.executor() + " was silent for "
                    + Duration.ofNanos(silence).toSeconds() + " s.");
        }
        if (executor.unacknowledgedBytes() > MAX_UNTAKEN_BYTES) {
            return Optional.of(executor.executor() + " did not take the last " + (executor.unacknowledgedBytes() >> 20)
                    + " MiB that it was told.");
        }
        return Optional.empty();
    }

    private static Event.ExecutorLost lost(Conversation executor, String detail) {
        String address = executor.hello().getHost() + ":" + executor.hello().getShufflePort();
        return new Event.ExecutorLost(
                executor.executor(), executor.incarnation(), new Cause.Unreachable(address, detail));
    }
}
