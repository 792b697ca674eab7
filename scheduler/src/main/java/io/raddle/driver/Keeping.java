package io.raddle.driver;

import io.raddle.proto.Artifact;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is kept of a broadcast outside of the object that the program has. Never reaches that object. Thread-safe. */
final class Keeping {
    private final BroadcastDesk desk;
    private final int number;
    private final List<Artifact> artifacts;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile Cleaner.@Nullable Cleanable cleanable;

    Keeping(BroadcastDesk desk, int number, List<Artifact> artifacts) {
        this.desk = desk;
        this.number = number;
        this.artifacts = List.copyOf(artifacts);
    }

    /** The cleaner forgets of it when it is freed earlier. */
    void freedWith(Cleaner.Cleanable by) {
        cleanable = by;
    }

    boolean isReleased() {
        return released.get();
    }

    void unpersist() {
        desk.drop(number);
    }

    /** Frees all, once. */
    void release() {
        if (released.compareAndSet(false, true)) {
            desk.withdraw(artifacts);
            desk.drop(number);
            Cleaner.Cleanable registered = cleanable;
            if (registered != null) {
                registered.clean();
            }
        }
    }
}
