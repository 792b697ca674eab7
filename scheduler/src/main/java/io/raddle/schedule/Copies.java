package io.raddle.schedule;

import io.raddle.schedule.Action.KeptElsewhere;
import io.raddle.schedule.Census.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Has blocks of storages with copies read by another executor once they are kept, on another node where there is one, and
 * again when a holder is lost. A copy that was evicted, or that found no room twice, is not made again.
 */
final class Copies {
    /** How many blocks one executor fetches at a time; the others wait here. */
    private static final int MAX_AT_ONCE = 4;

    private static final int MAX_REFUSALS = 2;

    private final BlockIndex index;
    private final Executors executors;
    private final Census census;
    private final List<Action> outbox;
    /** How many executors shall hold each block of a storage, where it is more than one. */
    private final SortedMap<Integer, Integer> wanted = new TreeMap<>();
    /** Blocks that may want another copy. */
    private final Set<Block> due = new LinkedHashSet<>();
    /** Blocks for whose copies there was no executor. */
    private final Set<Block> homeless = new LinkedHashSet<>();

    private final Map<Block, Executor> underWay = new LinkedHashMap<>();
    private final Map<Block, Integer> refusals = new LinkedHashMap<>();
    /** How many copies each executor was ever asked to make, so that they spread. */
    private final Map<Executor, Integer> given = new LinkedHashMap<>();

    private boolean changed;

    Copies(BlockIndex index, Executors executors, Census census, List<Action> outbox) {
        this.index = index;
        this.executors = executors;
        this.census = census;
        this.outbox = outbox;
    }

    /** Blocks of these storages shall have so many holders from now on. */
    void want(SortedMap<Integer, Integer> copies) {
        copies.forEach((storage, holders) -> {
            if (!index.isReleased(storage)) {
                wanted.put(storage, holders);
            }
        });
    }

    void stored(Block block, Executor holder) {
        if (wanted.containsKey(block.storage())) {
            underWay.remove(block, holder);
            refusals.remove(block);
            look(block);
        }
    }

    /** The executor keeps it no more, or does not after all. */
    void dropped(Block block, Executor executor) {
        if (underWay.remove(block, executor)) {
            census.note(Note.COPY_REFUSED);
            refusals.merge(block, 1, Integer::sum);
            look(block);
        }
    }

    /** What it was asked for is forgotten, and what it held has a holder less. */
    void left(Executor executor, List<Block> held) {
        voided(executor);
        given.remove(executor);
        held.stream().filter(block -> wanted.containsKey(block.storage())).forEach(this::look);
    }

    /** It may have heard of what it was asked for, or not. */
    void attached(Executor executor) {
        voided(executor);
        homeless.forEach(this::look);
        homeless.clear();
    }

    private void voided(Executor executor) {
        List<Block> unanswered = new ArrayList<>();
        underWay.forEach((block, target) -> {
            if (target == executor) {
                unanswered.add(block);
            }
        });
        for (Block block : unanswered) {
            underWay.remove(block);
            look(block);
        }
    }

    void released(int storage) {
        wanted.remove(storage);
        due.removeIf(block -> block.storage() == storage);
        homeless.removeIf(block -> block.storage() == storage);
        refusals.keySet().removeIf(block -> block.storage() == storage);
    }

    private void look(Block block) {
        due.add(block);
        changed = true;
    }

    /** Asks for copies that are due, as far as executors are free to make them. */
    void settle() {
        if (!changed) {
            return;
        }
        changed = false;
        for (Iterator<Block> each = due.iterator(); each.hasNext(); ) {
            Block block = each.next();
            if (isShort(block)) {
                Optional<Executor> target = target(index.lenders(block));
                if (target.isPresent() && copiesAt(target.get()) >= MAX_AT_ONCE) {
                    // It was asked least, so the others are hardly freer: the rest waits until a copy is there.
                    return;
                }
                target.ifPresentOrElse(executor -> ask(block, executor), () -> homeless.add(block));
            }
            each.remove();
        }
    }

    private boolean isShort(Block block) {
        int holders = index.lenders(block).size();
        return holders > 0
                && holders < wanted.getOrDefault(block.storage(), 1)
                && !underWay.containsKey(block)
                && refusals.getOrDefault(block, 0) < MAX_REFUSALS;
    }

    private void ask(Block block, Executor target) {
        census.note(Note.COPY);
        underWay.put(block, target);
        given.merge(target, 1, Integer::sum);
        outbox.add(new Action.CopyBlock(
                target.id,
                new KeptElsewhere(
                        block,
                        index.lenders(block).stream().map(holder -> holder.id).toList())));
    }

    private long copiesAt(Executor target) {
        return underWay.values().stream().filter(each -> each == target).count();
    }

    /** On another node than all holders where there is one, and of those the one that was asked least. */
    private Optional<Executor> target(List<Executor> holders) {
        List<String> hosts =
                holders.stream().map(holder -> holder.node().host()).toList();
        return executors.all().stream()
                .filter(executor -> executor.takesTasks() && !holders.contains(executor))
                .min(Comparator.<Executor>comparingInt(
                                executor -> hosts.contains(executor.node().host()) ? 1 : 0)
                        .thenComparingInt(executor -> given.getOrDefault(executor, 0)));
    }
}
