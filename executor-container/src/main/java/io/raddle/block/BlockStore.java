package io.raddle.block;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shuffle.LocalDirectories;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
        while (!table.isDropped(id)) {
            long generation = table.generation();
            BlockTable.Block block = table.claim(id);
            if (block == null) {
                try {
                    return fill(new BlockTable.Block(id, level, format, generation), task, compute);
                } finally {
                    table.settle(id);
                }
            }
            Iterator<?> records = open(block, task);
            if (records != null) {
                return records;
            }
        }
        return compute.get();
    }

    private @Nullable Iterator<?> open(BlockTable.Block block, TaskMemory task) {
        Runnable unpin = table.untilRead(block, task);
        try {
            return block.kept().open(block.format(), unpin, why -> {
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

    private Iterator<?> fill(BlockTable.Block block, TaskMemory task, Supplier<Iterator<?>> compute) {
        Iterator<?> records = compute.get();
        if (!block.level().getMemory()) {
            return fillDisk(block, null, records, task, compute);
        }
        Run run = block.level().getSerialized() ? new Run.OfBytes(block.format()) : new Run.OfObjects(block.format());
        Grant grant = new Grant(budget, bytes -> evict(bytes, block.id().storage()));
        boolean whole = false;
        try {
            while (records.hasNext()) {
                run.add(records.next());
                if (!grant.covers(run.bytes())) {
                    return overflow(block, run.seal(), records, task, compute, grant);
                }
            }
            Kept kept = run.seal();
            grant.settle(kept.memoryBytes());
            whole = true;
            return stored(block, kept, task);
        } finally {
            if (!whole) {
                grant.settle(0);
            }
        }
    }

    /** The beginning of the partition is in memory, and there is no room for the rest. */
    private Iterator<?> overflow(
            BlockTable.Block block,
            Kept beginning,
            Iterator<?> rest,
            TaskMemory task,
            Supplier<Iterator<?>> compute,
            Grant grant) {
        if (block.level().getDisk()) {
            return fillDisk(block, beginning, rest, task, compute);
        }
        LOG.info("{} does not fit into memory and is not kept", block.id());
        grant.handOver(task);
        return new Chained(reading(block, beginning), rest);
    }

    private Iterator<?> fillDisk(
            BlockTable.Block block,
            @Nullable Kept beginning,
            Iterator<?> rest,
            TaskMemory task,
            Supplier<Iterator<?>> compute) {
        Iterator<?> records = beginning == null ? rest : new Chained(reading(block, beginning), rest);
        try {
            return stored(block, writer.write(block.id(), block.format(), records), task);
        } catch (IOException e) {
            LOG.warn("{} could not be written to disk and is not kept: {}", block.id(), e.toString());
            return compute.get();
        }
    }

    private static Iterator<?> reading(BlockTable.Block block, Kept beginning) {
        try {
            return beginning.open(block.format(), () -> {}, IllegalStateException::new);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    private Iterator<?> stored(BlockTable.Block block, Kept kept, TaskMemory task) {
        block.become(kept);
        table.put(block);
        Iterator<?> records = open(block, task);
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
            table.replace(victim, writer.write(victim.id(), victim.format(), kept));
        } catch (IOException e) {
            LOG.warn("{} could not be moved to disk and is kept no more: {}", victim.id(), e.toString());
            table.remove(victim);
        }
        return kept.memoryBytes();
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

    /** Deletes all files. */
    @Override
    public void close() {
        clear();
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
