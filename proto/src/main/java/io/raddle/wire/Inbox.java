package io.raddle.wire;

/**
 * The receiving half of an at-least-once conversation: says of each message whether it is new. Not thread-safe, as
 * {@link Outbox}.
 */
public final class Inbox {
    private long taken;
    private long duplicates;

    /** What a message is to its receiver. */
    public enum Arrival {
        /** The next one: take it. */
        NEW,
        /** Seen before: ignore it. */
        DUPLICATE,
        /** One before it is missing: drop the connection and attach again. */
        GAP
    }

    /** Takes note of the message with this number. */
    public Arrival arrived(long sequence) {
        if (sequence <= taken) {
            duplicates++;
            return Arrival.DUPLICATE;
        }
        if (sequence > taken + 1) {
            return Arrival.GAP;
        }
        taken = sequence;
        return Arrival.NEW;
    }

    /** Number of the last message taken: what the other end may forget. */
    public long acknowledged() {
        return taken;
    }

    /** How many messages came again. */
    public long duplicates() {
        return duplicates;
    }
}
