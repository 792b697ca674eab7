package io.raddle.block;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shuffle.LocalDirectories;
import io.raddle.transfer.BlockProvider;
import io.raddle.transfer.BlockSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this executor keeps. A partition is computed by the first task that asks for it while others wait;
 * one that finds no room in memory goes to disk, or passes through unkept, as its level says. Safe for all threads.
 */
public final class BlockStore implements MemoryBudget.Lender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockStore.class);
    private static final int NO_STORAGE = -1;

    private final MemoryBudget budget;
    private final BlockTable table;
    private final BlockWriter writer;

    /** Keeps blocks in what tasks leave of {@code budget}, and in files of {@code directories}. */
    public BlockStore(MemoryBudget budget, LocalDirectories directories, BlockListener listener) {
        this.budget = budget;
        this.table = new BlockTable(budget, listener);
        this.writer = new BlockWriter(directories);
        budget.lends(this);
    }

    /**
     * The records of a block: those that are kept, or else those of {@code compute}, which are kept as {@code level} says.
     * What the records hold of memory is held until {@code task} ends. {@code compute} may be called twice.
     */
    public Iterator<?> read(
            BlockId id, Storage level, RecordFormat format, TaskMemory task, Supplier<Iterator<?>> compute)
            throws InterruptedException {
        return read(id, level, format, task, Elsewhere.NOWHERE, compute);
    }

    /** The same, with records that another executor keeps in place of those of {@code compute}; they are not kept here too. */
    public Iterator<?> read(
            BlockId id,
            Storage level,
            RecordFormat format,
            TaskMemory task,
            Elsewhere elsewhere,
            Supplier<Iterator<?>> compute)
            throws InterruptedException {
        while (!table.isDropped(id)) {
            long generation = table.generation();
            BlockTable.Block block = table.claim(id);
            if (block == null) {
                try {
                    Iterator<?> lent = elsewhere.open(id, format, task);
                    return lent != null
                            ? lent
                            : fill(new BlockTable.Block(id, level, generation), format, task, compute);
                } finally {
                    table.settle(id);
                }
            }
            if (isFrozen(block)) {
                thaw(block, format);
            }
            Iterator<?> records = open(block, format, task);
            if (records != null) {
                return records;
            }
        }
        return compute.get();
    }

    /** Whether it is a copy that nobody has read here yet, of a level that keeps objects. */
    private static boolean isFrozen(BlockTable.Block block) {
        return block.kept() instanceof Kept.Chunks && !block.level().getSerialized();
    }

    /** Makes objects of a copy, if there is room for them. */
    private void thaw(BlockTable.Block block, RecordFormat format) {
        if (!table.seize(block.id())) {
            return;
        }
        Grant grant = new Grant(budget, bytes -> evict(bytes, block.id().storage()));
        long settled = 0;
        try {
            Run run = new Run.OfObjects(format);
            Iterator<?> records = reading(block.kept(), format);
            while (records.hasNext()) {
                run.add(records.next());
                if (!grant.covers(run.bytes())) {
                    return;
                }
            }
            Kept objects = run.seal();
            settled = objects.memoryBytes();
            table.replace(block, objects);
        } finally {
            grant.settle(settled);
            table.settle(block.id());
        }
    }

    private @Nullable Iterator<?> open(BlockTable.Block block, RecordFormat format, TaskMemory task) {
        Runnable unpin = table.untilRead(block, task);
        try {
            return block.kept().open(format, unpin, why -> {
                forget(block, why);
                return new RaddleException(
                        new Cause.BlockLost(
                                block.id().storage(), block.id().partition(), String.valueOf(why.getMessage())),
                        why);
            });
        } catch (IOException e) {
            unpin.run();
            forget(block, e);
            return null;
        }
    }

    private void forget(BlockTable.Block block, IOException why) {
        LOG.warn("{} is computed again when it is needed: {}", block.id(), why.toString());
        table.remove(block);
    }

    private Iterator<?> fill(
            BlockTable.Block block, RecordFormat format, TaskMemory task, Supplier<Iterator<?>> compute) {
        Iterator<?> records = compute.get();
        if (!block.level().getMemory()) {
            return fillDisk(block, format, records, task, compute);
        }
        Run run = block.level().getSerialized() ? new Run.OfBytes(format) : new Run.OfObjects(format);
        Grant grant = new Grant(budget, bytes -> evict(bytes, block.id().storage()));
        boolean whole = false;
        try {
            while (records.hasNext()) {
                run.add(records.next());
                if (!grant.covers(run.bytes())) {
                    return overflow(block, format, run.seal(), records, task, compute, grant);
                }
            }
            Kept kept = run.seal();
            grant.settle(kept.memoryBytes());
            whole = true;
            return stored(block, format, kept, task);
        } finally {
            if (!whole) {
                grant.settle(0);
            }
        }
    }

    /** The beginning of the partition is in memory, and there is no room for the rest. */
    private Iterator<?> overflow(
            BlockTable.Block block,
            RecordFormat format,
            Kept beginning,
            Iterator<?> rest,
            TaskMemory task,
            Supplier<Iterator<?>> compute,
            Grant grant) {
        Iterator<?> records = new Chained(reading(beginning, format), rest);
        if (block.level().getDisk()) {
            return fillDisk(block, format, records, task, compute);
        }
        LOG.info("{} does not fit into memory and is not kept", block.id());
        grant.handOver(task);
        return records;
    }

    private Iterator<?> fillDisk(
            BlockTable.Block block,
            RecordFormat format,
            Iterator<?> records,
            TaskMemory task,
            Supplier<Iterator<?>> compute) {
        try {
            return stored(block, format, writer.write(block.id(), format, records), task);
        } catch (IOException e) {
            LOG.warn("{} could not be written to disk and is not kept: {}", block.id(), e.toString());
            return compute.get();
        }
    }

    private static Iterator<?> reading(Kept inMemory, RecordFormat format) {
        try {
            return inMemory.open(format, () -> {}, IllegalStateException::new);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    private Iterator<?> stored(BlockTable.Block block, RecordFormat format, Kept kept, TaskMemory task) {
        block.become(kept);
        table.put(block);
        Iterator<?> records = open(block, format, task);
        if (records == null) {
            throw new RaddleException(new Cause.BlockLost(
                    block.id().storage(), block.id().partition(), "it could not be read right after it was written"));
        }
        return records;
    }

    @Override
    public long giveUp(long bytes) {
        return evict(bytes, NO_STORAGE);
    }

    /** Frees memory, least recently used blocks first, but none of {@code sparing}, which would only make it thrash. */
    private long evict(long bytes, int sparing) {
        long freed = 0;
        while (freed < bytes) {
            BlockTable.Block victim = table.victim(sparing);
            if (victim == null) {
                break;
            }
            try {
                freed += demote(victim);
            } finally {
                table.settle(victim.id());
            }
        }
        return freed;
    }

    private long demote(BlockTable.Block victim) {
        Kept kept = victim.kept();
        if (!victim.level().getDisk()) {
            table.remove(victim);
            return kept.memoryBytes();
        }
        try {
            table.replace(victim, written(victim.id(), kept));
        } catch (IOException e) {
            LOG.warn("{} could not be moved to disk and is kept no more: {}", victim.id(), e.toString());
            table.remove(victim);
        }
        return kept.memoryBytes();
    }

    private Kept written(BlockId id, Kept inMemory) throws IOException {
        return inMemory instanceof Kept.Objects objects
                ? writer.write(id, objects)
                : writer.write(id, (Kept.Chunks) inMemory);
    }

    /** Grows whenever what is being computed or copied is not to be kept. */
    public long generation() {
        return table.generation();
    }

    /**
     * Keeps chunks that another executor sends of a block that is not here, as they are; answers whether it is kept then.
     * They belong to what was kept when the generation was {@code generation}.
     */
    boolean copy(BlockId id, Storage level, long generation, ChunkReader.Source chunks)
            throws IOException, InterruptedException {
        BlockTable.Block known = table.claim(id);
        if (known != null) {
            table.unpin(known);
            return table.repeat(id);
        }
        try {
            Optional<Kept> kept = take(id, level, chunks);
            if (kept.isEmpty()) {
                return false;
            }
            BlockTable.Block block = new BlockTable.Block(id, level, generation);
            block.become(kept.get());
            table.put(block);
            table.unpin(block);
            return table.holds(id);
        } finally {
            table.settle(id);
        }
    }

    private Optional<Kept> take(BlockId id, Storage level, ChunkReader.Source chunks) throws IOException {
        Grant grant = new Grant(budget, bytes -> evict(bytes, id.storage()));
        List<byte[]> beginning = new ArrayList<>();
        long bytes = 0;
        long settled = 0;
        try {
            byte[] chunk = chunks.next();
            while (chunk.length > 0 && level.getMemory() && grant.covers(bytes + chunk.length)) {
                beginning.add(chunk);
                bytes += chunk.length;
                chunk = chunks.next();
            }
            if (chunk.length == 0 && level.getMemory()) {
                settled = bytes;
                return Optional.of(new Kept.Chunks(beginning, bytes));
            }
            if (!level.getDisk()) {
                LOG.info("There is no room for a copy of {}", id);
                return Optional.empty();
            }
            boolean ended = chunk.length == 0;
            if (!ended) {
                beginning.add(chunk);
            }
            return Optional.of(writer.write(id, beginning, ended ? () -> ChunkReader.END : chunks));
        } finally {
            grant.settle(settled);
        }
    }

    /** What other executors may read of what is kept here for the driver of this epoch. */
    public BlockProvider lending(IntSupplier epoch) {
        return id -> id instanceof io.raddle.id.BlockId.CachedPartition named && named.epoch() == epoch.getAsInt()
                ? lent(new BlockId(named.storage(), named.partition()))
                : Optional.empty();
    }

    private Optional<BlockSource> lent(BlockId id) {
        if (!table.holds(id)) {
            return Optional.empty();
        }
        return Optional.of(BlockSource.framed(() -> {
            BlockTable.Block block = table.pin(id);
            if (block == null) {
                throw new IOException(id + " was let go");
            }
            Runnable unpin = new Once(() -> table.unpin(block));
            try {
                return block.kept().bytes(unpin);
            } catch (IOException e) {
                unpin.run();
                throw e;
            }
        }));
    }

    /** Forgets all blocks of these storages, now and for ever. */
    public void drop(Collection<Integer> storages) {
        table.drop(storages);
    }

    /** Forgets all blocks of these storages, also those that are being computed; later ones are kept again. */
    public void renew(Collection<Integer> storages) {
        table.renew(storages);
    }

    /** Forgets everything; numbers of storages begin anew. */
    public void clear() {
        table.clear();
    }

    /** Tells {@code visitor} of all blocks that are kept. */
    public void tell(BlockVisitor visitor) {
        table.tell(visitor);
    }

    /** Deletes all files; nothing is kept from now on. */
    @Override
    public void close() {
        table.close();
    }

    /** One after the other. */
    private static final class Chained implements Iterator<@Nullable Object> {
        private final List<Iterator<?>> parts;
        private int at;

        Chained(Iterator<?> first, Iterator<?> second) {
            parts = List.of(first, second);
        }

        @Override
        public boolean hasNext() {
            while (at < parts.size() - 1 && !parts.get(at).hasNext()) {
                at++;
            }
            return parts.get(at).hasNext();
        }

        @Override
        public @Nullable Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return parts.get(at).next();
        }
    }
}
