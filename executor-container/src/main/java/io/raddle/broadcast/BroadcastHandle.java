package io.raddle.broadcast;

import io.raddle.closure.Owned;
import io.raddle.scope.CurrentTask;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What travels in place of a broadcast; becomes one again that the executor resolves, where it arrives in a task. */
public final class BroadcastHandle implements Serializable, Owned {
    private static final long serialVersionUID = 1;

    private final BroadcastName name;
    private final transient @Nullable Object owner;

    /** {@code owner} must stay reachable as long as what holds this handle, frozen, is. */
    public BroadcastHandle(BroadcastName name, @Nullable Object owner) {
        this.name = name;
        this.owner = owner;
    }

    @Override
    public Optional<Object> owner() {
        return Optional.ofNullable(owner);
    }

    private Object readResolve() {
        return CurrentTask.as(BroadcastScope.class)
                .<Object>map(scope -> new ReceivedBroadcast<>(name, Optional.of(scope)))
                .orElseGet(() -> new ReceivedBroadcast<>(name, Optional.empty()));
    }
}
