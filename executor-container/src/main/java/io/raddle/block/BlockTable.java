package io.raddle.block;

import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.proto.Storage;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks there are, least recently used first, who works on them and who reads them. The budget is told when the
 * memory of a block is free: when it is no longer in the table and nobody reads it. Safe for all threads.
 */
final class BlockTable {
    private final MemoryBudget budget;
    private final BlockListener listener;
    private final Map<BlockId, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
    /** Those that somebody computes or moves; others wait. */
    private final Set<BlockId> busy = new HashSet<>();

    private final BitSet dropped = new BitSet();
    private long generation;

    BlockTable(MemoryBudget budget, BlockListener listener) {
        this.budget = budget;
        this.listener = listener;
    }

    /** A block and how it is to be kept. What is kept of it and its readers are the table's to change. */
    static final class Block {
        private final BlockId id;
        private final Storage level;
        private final long generation;
        private volatile Kept kept = new Kept.Chunks(List.of(), 0);
        private int readers;
        /** Memory of an earlier form that somebody may still read. */
        private long leftBytes;

        private boolean gone;

        Block(BlockId id, Storage level, long generation) {
            this.id = id;
            this.level = level;
            this.generation = generation;
        }

        BlockId id() {
            return id;
        }

        Storage level() {
            return level;
        }

        Kept kept() {
            return kept;
        }

        void become(Kept what) {
            kept = what;
        }
    }

    /** Grows whenever what is being computed is not to be kept. */
    synchronized long generation() {
        return generation;
    }

    synchronized boolean isDropped(BlockId id) {
        return dropped.get(id.storage());
    }

    /**
     * The block, read by the caller from now on until it runs what {@link #untilRead} gives; or null when the caller is
     * to make it and then to {@link #settle}. Waits while somebody else makes it.
     */
    synchronized @Nullable Block claim(BlockId id) throws InterruptedException {
        while (busy.contains(id)) {
            wait();
        }
        Block block = blocks.get(id);
        if (block == null) {
            busy.add(id);
        } else {
            block.readers++;
        }
        return block;
    }

    synchronized void settle(BlockId id) {
        busy.remove(id);
        notifyAll();
    }

    /** Ends the caller's reading when the task ends, or before, when what is returned is run. */
    Runnable untilRead(Block block, TaskMemory task) {
        Once unpin = new Once(() -> unpin(block));
        task.closeAtEnd(unpin::run);
        return unpin;
    }

    synchronized void unpin(Block block) {
        block.readers--;
        free(block);
    }

    /** Takes the right to change how a block is kept that the caller reads, unless somebody has it; {@link #settle} it. */
    synchronized boolean seize(BlockId id) {
        return busy.add(id);
    }

    /** Says once more what is kept of a block, if anything is. */
    synchronized boolean repeat(BlockId id) {
        Block block = blocks.get(id);
        if (block != null) {
            tell(block);
        }
        return block != null;
    }

    synchronized boolean holds(BlockId id) {
        return blocks.containsKey(id);
    }

    /** The block for a reader that must not wait, until {@link #unpin}; null when it is not here. */
    synchronized @Nullable Block pin(BlockId id) {
        Block block = blocks.get(id);
        if (block != null) {
            block.readers++;
        }
        return block;
    }

    private void free(Block block) {
        if (block.readers > 0) {
            return;
        }
        budget.release(block.leftBytes);
        block.leftBytes = 0;
        if (block.gone) {
            budget.release(block.kept.memoryBytes());
            discard(block.kept);
            block.kept = new Kept.Chunks(List.of(), 0);
        }
    }

    /** A block is complete and read by the caller; one that was dropped meanwhile is held for it alone. */
    synchronized void put(Block block) {
        block.readers++;
        if (block.generation != generation || isDropped(block.id)) {
            block.gone = true;
            return;
        }
        blocks.put(block.id, block);
        tell(block);
    }

    /** The block is kept in another way from now on; the caller has claimed it. */
    synchronized void replace(Block block, Kept kept) {
        if (block.gone) {
            discard(kept);
            return;
        }
        block.leftBytes += block.kept.memoryBytes();
        block.kept = kept;
        free(block);
        tell(block);
    }

    synchronized void remove(Block block) {
        if (blocks.remove(block.id, block)) {
            bury(block);
        }
    }

    private void bury(Block block) {
        block.gone = true;
        free(block);
        listener.gone(block.id);
    }

    private static void discard(Kept kept) {
        if (kept instanceof Kept.OnDisk disk) {
            disk.file().delete();
        }
    }

    /** The least recently used block in memory that nobody reads, claimed; {@link #settle} it. */
    synchronized @Nullable Block victim(int sparing) {
        for (Block block : blocks.values()) {
            if (block.kept.memoryBytes() > 0
                    && block.readers == 0
                    && block.id.storage() != sparing
                    && busy.add(block.id)) {
                return block;
            }
        }
        return null;
    }

    synchronized void drop(Collection<Integer> storages) {
        storages.forEach(dropped::set);
        removeIf(block -> storages.contains(block.id.storage()));
    }

    synchronized void renew(Collection<Integer> storages) {
        generation++;
        removeIf(block -> storages.contains(block.id.storage()));
    }

    synchronized void clear() {
        generation++;
        dropped.clear();
        removeIf(block -> true);
    }

    /** Frees everything and tells nobody: of what a process kept its end tells, and a block that is let go is no loss. */
    synchronized void close() {
        generation++;
        for (Block block : blocks.values()) {
            block.gone = true;
            free(block);
        }
        blocks.clear();
    }

    private void removeIf(Predicate<Block> which) {
        for (Iterator<Block> each = blocks.values().iterator(); each.hasNext(); ) {
            Block block = each.next();
            if (which.test(block)) {
                each.remove();
                bury(block);
            }
        }
    }

    synchronized void tell(BlockVisitor whom) {
        blocks.values().forEach(block -> whom.kept(block.id, block.kept.memoryBytes(), block.kept.diskBytes()));
    }

    private void tell(Block block) {
        listener.kept(block.id, block.kept.memoryBytes(), block.kept.diskBytes());
    }
}
