package io.raddle.broadcast;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.BlockId;
import io.raddle.serde.RecordFormat;
import io.raddle.transfer.BlockClient;
import io.raddle.transfer.BlockProvider;
import io.raddle.transfer.BlockSource;
import io.raddle.transfer.PeerAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts that tasks of this executor use: pieces on its own disk, from which others take them, and the value in
 * memory for as long as there is enough of it. Thread-safe.
 */
public final class Broadcasts implements BlockProvider {
    private final Path directory;
    private final BroadcastOrigin origin;
    private final BlockClient peers;
    private final Supplier<PeerAddress> self;
    private final ConcurrentHashMap<BroadcastKey, Copy> copies = new ConcurrentHashMap<>();
    private final AtomicInteger generations = new AtomicInteger();

    private record BroadcastKey(int epoch, int number) {}

    /** {@code self} says where this executor serves what this keeps in {@code directory}. */
    public Broadcasts(Path directory, BroadcastOrigin origin, BlockClient peers, Supplier<PeerAddress> self) {
        this.directory = directory;
        this.origin = origin;
        this.peers = peers;
        this.self = self;
    }

    /** The value of a broadcast, its classes as {@code format} finds them; fetched if need be. */
    public @Nullable Object value(BroadcastName name, RecordFormat format) {
        try {
            return copies.computeIfAbsent(new BroadcastKey(name.epoch(), name.number()), key -> copy(name))
                    .value(format);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RaddleException(new Cause.Cancelled("an interrupt while " + name + " was fetched"), e);
        }
    }

    private Copy copy(BroadcastName name) {
        Path own = directory.resolve(name.epoch() + "-" + name.number() + "-" + generations.incrementAndGet());
        return new Copy(name, own, new Pieces(name, own, origin, peers, self));
    }

    @Override
    public Optional<BlockSource> find(BlockId id) {
        return id instanceof BlockId.BroadcastPiece piece
                ? Optional.ofNullable(copies.get(new BroadcastKey(piece.epoch(), piece.broadcast())))
                        .flatMap(copy -> copy.piece(piece.piece()))
                : Optional.empty();
    }

    /** Frees what is held of a broadcast of the current driver. Does not wait. */
    public void drop(int number) {
        copies.keySet().stream().filter(key -> key.number() == number).toList().forEach(this::drop);
    }

    /** Frees all: their driver is gone. Does not wait. */
    public void dropAll() {
        List.copyOf(copies.keySet()).forEach(this::drop);
    }

    private void drop(BroadcastKey key) {
        Copy dropped = copies.remove(key);
        if (dropped != null) {
            dropped.drop();
        }
    }
}
