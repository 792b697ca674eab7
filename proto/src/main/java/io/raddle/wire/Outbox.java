package io.raddle.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The sending half of an at-least-once conversation that outlives its connections: numbers messages from 1 and keeps
 * each until the other end acknowledged it. Not thread-safe: its owner sends and acknowledges under one lock or on one
 * thread.
 */
public final class Outbox {
    private final ArrayDeque<Numbered> waiting = new ArrayDeque<>();
    private long last;
    private long waitingBytes;

    /** A message and its place in the conversation. */
    public record Numbered(long sequence, ByteString payload) {}

    /** Numbers a message and keeps it. */
    public Numbered add(ByteString payload) {
        Numbered message = new Numbered(++last, payload);
        waiting.addLast(message);
        waitingBytes += payload.size();
        return message;
    }

    /** Forgets all messages up to {@code sequence}, which the other end has taken. */
    public void acknowledged(long sequence) {
        while (!waiting.isEmpty() && waiting.getFirst().sequence() <= sequence) {
            waitingBytes -= waiting.removeFirst().payload().size();
        }
    }

    /** What must be sent again after a new connection, oldest first. */
    public List<Numbered> unacknowledged() {
        return List.copyOf(waiting);
    }

    /** Bytes that wait for an acknowledgement: the measure by which senders hold back. */
    public long unacknowledgedBytes() {
        return waitingBytes;
    }
}
