package io.raddle.driver;

import io.raddle.plan.Lineage;
import io.raddle.proto.Storage;
import io.raddle.schedule.Event;
import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers what is persisted, and lets go of it when it is asked to or when nobody can reach it any more. A storage that
 * was let go never comes back: the next persist of the same node is another. Thread-safe.
 */
final class Storages {
    private static final Cleaner CLEANER = Cleaner.create();

    private final DriverLoop loop;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Storage> levels = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Boolean>> leaving = new ConcurrentHashMap<>();

    Storages(DriverLoop loop) {
        this.loop = loop;
    }

    void persist(Lineage node, Storage level) {
        if (!level.getMemory() && !level.getDisk()) {
            return;
        }
        int id = numbers.getAndIncrement();
        Storage numbered = level.toBuilder().setId(id).build();
        levels.put(id, numbered);
        node.keep(Optional.of(numbered));
        CLEANER.register(node, () -> release(id));
    }

    /** What is returned waits until no executor holds anything of it, or the driver has ended. */
    Runnable unpersist(Lineage node) {
        Optional<Storage> storage = node.storage();
        node.keep(Optional.empty());
        if (storage.isEmpty()) {
            return () -> {};
        }
        int id = storage.get().getId();
        CompletableFuture<Boolean> freed = new CompletableFuture<>();
        leaving.put(id, freed);
        release(id);
        return () -> await(freed);
    }

    /** No executor holds anything of it. On the driver's thread. */
    void freed(int storage) {
        CompletableFuture<Boolean> waiting = leaving.remove(storage);
        if (waiting != null) {
            waiting.complete(true);
        }
    }

    /** How a storage is kept that was not let go. */
    Optional<Storage> level(int storage) {
        return Optional.ofNullable(levels.get(storage));
    }

    private void release(int storage) {
        levels.remove(storage);
        loop.post(() -> loop.tell(new Event.StorageReleased(storage)));
    }

    private void await(CompletableFuture<Boolean> freed) {
        while (loop.over().isEmpty()) {
            try {
                freed.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                // The loop may have ended meanwhile.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody fails it", e);
            }
        }
    }
}
