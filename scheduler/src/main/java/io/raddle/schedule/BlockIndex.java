package io.raddle.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Which executors hold which block, as far as they said. Holds nothing of executors that are not attached. */
final class BlockIndex {
    private final SortedMap<Integer, SortedMap<Integer, List<Executor>>> storages = new TreeMap<>();
    /** Nobody can ask for these any more; holders are only awaited to let go. */
    private final BitSet released = new BitSet();

    /**
     * Blocks of these were rolled back once. What an executor still says of the old ones cannot be told from what it says of
     * new ones, so that only an executor itself, which forgot the old ones when it was told to, may rely on its own.
     */
    private final BitSet renewed = new BitSet();

    private long version;

    /** Grows whenever {@link #isHeld} may answer otherwise. */
    long version() {
        return version;
    }

    /** Takes note; answers whether it is news. */
    boolean stored(Block block, Executor executor) {
        List<Executor> holders = storages.computeIfAbsent(block.storage(), none -> new TreeMap<>())
                .computeIfAbsent(block.partition(), none -> new ArrayList<>(1));
        if (holders.contains(executor)) {
            return false;
        }
        version++;
        executor.keeps(1);
        return holders.add(executor);
    }

    /** Takes note; answers whether nobody holds it now and somebody did. */
    boolean dropped(Block block, Executor executor) {
        List<Executor> holders = holders(block);
        // Nobody, when it was forgotten before its holder said so: a list that cannot change.
        if (!holders.contains(executor)) {
            return false;
        }
        holders.remove(executor);
        executor.keeps(-1);
        return holders.isEmpty() && forget(block);
    }

    /** Whoever says that he holds it is not to be relied on; answers whether somebody did. */
    boolean forget(Block block) {
        version++;
        SortedMap<Integer, List<Executor>> partitions = storages.get(block.storage());
        List<Executor> holders = partitions == null ? null : partitions.remove(block.partition());
        if (partitions == null || holders == null) {
            return false;
        }
        holders.forEach(holder -> holder.keeps(-1));
        if (partitions.isEmpty()) {
            storages.remove(block.storage());
        }
        return true;
    }

    /** This executor is not to be relied on for this block; answers whether it was. */
    boolean distrust(Block block, Executor executor) {
        if (!holders(block).contains(executor)) {
            return false;
        }
        version++;
        dropped(block, executor);
        return true;
    }

    /** Forgets what this executor holds beside {@code kept}; answers these blocks. */
    List<Block> lose(Executor executor, Collection<Block> kept) {
        List<Block> held = new ArrayList<>();
        forEach((block, holder) -> {
            if (holder == executor) {
                held.add(block);
            }
        });
        held.removeAll(new LinkedHashSet<>(kept));
        held.forEach(block -> dropped(block, executor));
        return held;
    }

    /** Forgets all blocks of a storage; answers whether there were any. */
    boolean forgetAll(int storage) {
        version++;
        renewed.set(storage);
        SortedMap<Integer, List<Executor>> forgotten = storages.remove(storage);
        if (forgotten == null) {
            return false;
        }
        forgotten.values().forEach(holders -> holders.forEach(holder -> holder.keeps(-1)));
        return true;
    }

    /** Nobody can ask for this storage any more; answers whether that is news. */
    boolean release(int storage) {
        boolean news = !released.get(storage);
        released.set(storage);
        version++;
        return news;
    }

    boolean isReleased(int storage) {
        return released.get(storage);
    }

    /** Whether somebody holds a block of this storage. */
    boolean holdsAny(int storage) {
        return storages.containsKey(storage);
    }

    /** Who holds it; nobody when it was released. */
    List<Executor> holders(Block block) {
        SortedMap<Integer, List<Executor>> partitions = storages.get(block.storage());
        List<Executor> holders = partitions == null ? null : partitions.get(block.partition());
        return holders == null ? List.of() : holders;
    }

    /** Who holds it for others to read. */
    List<Executor> lenders(Block block) {
        return released.get(block.storage()) || renewed.get(block.storage()) ? List.of() : holders(block);
    }

    boolean isHeld(Block block) {
        return !released.get(block.storage()) && !holders(block).isEmpty();
    }

    /** Each block with each that holds it. */
    void forEach(BiConsumer<Block, Executor> what) {
        storages.forEach((storage, partitions) -> partitions.forEach(
                (partition, holders) -> holders.forEach(holder -> what.accept(new Block(storage, partition), holder))));
    }
}
