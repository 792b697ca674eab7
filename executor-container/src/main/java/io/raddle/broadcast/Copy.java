package io.raddle.broadcast;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.serde.RecordFormat;
import io.raddle.transfer.BlockSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broadcast on this executor. Whoever comes first fetches it, and the others wait; the pieces stay on disk, so a value
 * that memory was too short for is made again without the network. Thread-safe.
 */
final class Copy {
    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);

    private final BroadcastName name;
    private final Path directory;
    private final Pieces pieces;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thawed thawed;
    private volatile boolean dropped;

    /** The value as one loader's classes have it. */
    private record Thawed(RecordFormat format, SoftReference<Value> value) {}

    /** A value, which may be null. */
    private record Value(@Nullable Object object) {}

    Copy(BroadcastName name, Path directory, Pieces pieces) {
        this.name = name;
        this.directory = directory;
        this.pieces = pieces;
    }

    @Nullable
    Object value(RecordFormat format) throws InterruptedException {
        Value known = inMemory(format);
        if (known == null) {
            lock.lockInterruptibly();
            try {
                known = inMemory(format);
                if (known == null) {
                    known = new Value(format.fromBytes(pieces.bytes()));
                    thawed = new Thawed(format, new SoftReference<>(known));
                }
            } catch (IOException e) {
                throw new RaddleException(
                        new Cause.InternalError("The " + name + " cannot be read from this executor's disk: " + e, ""),
                        e);
            } finally {
                lock.unlock();
                deleteIfDropped();
            }
        }
        return known.object();
    }

    private @Nullable Value inMemory(RecordFormat format) {
        Thawed last = thawed;
        return last != null && last.format() == format ? last.value().get() : null;
    }

    Optional<BlockSource> piece(int piece) {
        return pieces.find(piece);
    }

    /** Nobody will come for it any more; who is fetching it still gets it. */
    void drop() {
        dropped = true;
        deleteIfDropped();
    }

    /** Deletes unless somebody is at it, who then does when done. */
    private void deleteIfDropped() {
        if (dropped && lock.tryLock()) {
            try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
                for (Path file : List.copyOf(files.toList())) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                LOG.warn("The pieces of {} could not all be deleted: {}", name, e.toString());
            } finally {
                lock.unlock();
            }
        }
    }
}
