package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.schedule.Census.Note;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What becomes of stages when blocks come and go: a stage whose blocks are all held does without the shuffles that they
 * were computed from, and asks for them as soon as one is missing.
 */
final class Storages {
    private final BlockIndex index;
    private final Stages stages;
    private final Executors executors;
    private final StageGraph graph;
    private final Copies copies;
    private final Census census;
    private final List<Action> outbox;
    private long seen;

    Storages(
            BlockIndex index,
            Stages stages,
            Executors executors,
            StageGraph graph,
            Copies copies,
            Census census,
            List<Action> outbox) {
        this.index = index;
        this.stages = stages;
        this.executors = executors;
        this.graph = graph;
        this.copies = copies;
        this.census = census;
        this.outbox = outbox;
    }

    void changed(Event.BlocksChanged event) {
        Executor executor = executors.find(event.executor());
        if (executor == null || executor.incarnation() != event.incarnation() || !executor.isHeard()) {
            census.note(Note.LATE_EVENT);
            return;
        }
        event.stored().forEach(block -> stored(block, executor));
        List<Block> lost = new ArrayList<>();
        for (Block block : event.dropped()) {
            copies.dropped(block, executor);
            if (index.dropped(block, executor)) {
                lost.add(block);
            }
        }
        gone(lost);
    }

    private void stored(Block block, Executor executor) {
        index.stored(block, executor);
        copies.stored(block, executor);
        if (index.isReleased(block.storage())) {
            census.note(Note.BLOCK_OF_RELEASED_STORAGE);
            outbox.add(new Action.DropBlocks(executor.id, block.storage(), true));
        }
    }

    /** An executor says in a snapshot what it holds. */
    void attached(Executor executor, Collection<Block> held) {
        gone(unheld(index.lose(executor, held)));
        held.forEach(block -> stored(block, executor));
        copies.attached(executor);
    }

    private List<Block> unheld(List<Block> blocks) {
        return blocks.stream().filter(block -> index.holders(block).isEmpty()).toList();
    }

    /** What it holds cannot be read for now or for ever. */
    void left(Executor executor) {
        List<Block> held = index.lose(executor, List.of());
        gone(unheld(held));
        copies.left(executor, held);
    }

    /**
     * A task did not find what somebody was said to hold: neither where it ran nor where it was told to ask. If those were
     * not said to hold it any more, it may be another block that the stage relied on.
     */
    void missed(Attempt attempt, Cause.BlockLost cause) {
        Block block = new Block(cause.storage(), cause.partition());
        boolean known = index.distrust(block, attempt.executor);
        for (int number : cause.executors()) {
            Executor asked = executors.find(new ExecutorId(number));
            known |= asked != null && index.distrust(block, asked);
        }
        if (known) {
            gone(index.isHeld(block) ? List.of() : List.of(block));
            return;
        }
        census.note(Note.LATE_EVENT);
        for (Block each : attempt.stage.spec.kept().asked(attempt.task)) {
            if (index.forget(each)) {
                gone(List.of(each));
            }
        }
    }

    void release(int storage) {
        if (!index.release(storage)) {
            census.note(Note.LATE_EVENT);
            return;
        }
        copies.released(storage);
        for (Executor executor : executors.all()) {
            if (executor.isHeard()) {
                outbox.add(new Action.DropBlocks(executor.id, storage, true));
            }
        }
        if (!index.holdsAny(storage)) {
            outbox.add(new Action.StorageFreed(storage));
        }
    }

    private void gone(List<Block> blocks) {
        for (Block block : blocks) {
            census.note(Note.BLOCK_GONE);
            if (index.isReleased(block.storage()) && !index.holdsAny(block.storage())) {
                outbox.add(new Action.StorageFreed(block.storage()));
            }
        }
    }

    /** Whether blocks came or went since somebody looked. */
    boolean areNews() {
        return index.version() != seen;
    }

    /** When blocks came or went: stages may begin without inputs that they defer, or need them after all. */
    void lookAgain() {
        if (index.version() == seen) {
            return;
        }
        seen = index.version();
        for (Stage stage : stages.deferring()) {
            graph.reconsider(stage);
        }
    }
}
