package io.raddle.driver;

import io.raddle.broadcast.BroadcastHandle;
import io.raddle.broadcast.BroadcastName;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.shared.Broadcast;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;

/** A broadcast as the program has it. Thread-safe. */
final class SentBroadcast<T> implements Broadcast<T> {
    private static final long serialVersionUID = 1;

    private final BroadcastName name;
    private final transient T value;
    private final transient Keeping keeping;

    SentBroadcast(BroadcastName name, T value, Keeping keeping) {
        this.name = name;
        this.value = value;
        this.keeping = keeping;
    }

    @Override
    public int id() {
        return name.number();
    }

    @Override
    public T value() {
        check();
        return value;
    }

    @Override
    public void unpersist() {
        check();
        keeping.unpersist();
    }

    @Override
    public void destroy() {
        keeping.release();
    }

    private void check() {
        if (keeping.isReleased()) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The " + name + " was destroyed and is used again.",
                    "Call destroy() after the last use, or leave it to the engine."));
        }
    }

    private Object writeReplace() throws ObjectStreamException {
        if (keeping.isReleased()) {
            throw new InvalidObjectException("the " + name + " was destroyed");
        }
        return new BroadcastHandle(name, this);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
