package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.id.StageId;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which executor is asked for a further copy of a block, and when. */
class CopiesTest {
    private static final Cause KILLED = new Cause.ExecutorExited("host1:8041", 137, "killed");

    private final Bench bench = new Bench();

    /** Begins a job that keeps its partitions as storage 5, each on so many executors. */
    private void keep(int tasks, int copies) {
        List<List<Block>> blocks = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            blocks.add(List.of(new Block(5, task)));
        }
        SortedMap<Integer, Integer> wanted = new TreeMap<>();
        wanted.put(5, copies);
        bench.submit(
                1,
                StageSpec.result(new StageId(1), List.of(), tasks)
                        .keeping(new Kept(blocks, List.of(), List.of(), List.of(5), wanted)));
    }

    private List<Action.CopyBlock> stored(int executor, int... partitions) {
        List<Action> actions = new ArrayList<>();
        for (int partition : partitions) {
            actions.addAll(bench.send(
                    new Event.BlocksChanged(executor(executor), 1, List.of(new Block(5, partition)), List.of())));
        }
        return only(Action.CopyBlock.class, actions);
    }

    private List<Action.CopyBlock> refused(int executor, int partition) {
        return only(
                Action.CopyBlock.class,
                bench.send(
                        new Event.BlocksChanged(executor(executor), 1, List.of(), List.of(new Block(5, partition)))));
    }

    private static Action.CopyBlock copy(int target, int partition, int... holders) {
        List<ExecutorId> from = new ArrayList<>();
        for (int holder : holders) {
            from.add(executor(holder));
        }
        return new Action.CopyBlock(executor(target), new Action.KeptElsewhere(new Block(5, partition), from));
    }

    private void attachAt(int executor, NodeId node) {
        bench.send(new Event.ExecutorAttached(
                executor(executor), 1, node, "rack", 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY));
    }

    @Test
    void aBlockIsCopiedToAnotherNodeAndTheCopiesSpread() {
        NodeId first = new NodeId("first", 1);
        attachAt(1, first);
        attachAt(2, first);
        attachAt(3, new NodeId("second", 1));
        attachAt(4, new NodeId("third", 1));
        keep(2, 2);

        assertThat(stored(1, 0, 1)).containsExactly(copy(3, 0, 1), copy(4, 1, 1));
        assertThat(stored(3, 0)).isEmpty();
    }

    @Test
    void aBlockIsCopiedOnItsNodeWhereThereIsNoOther() {
        NodeId node = new NodeId("only", 1);
        attachAt(1, node);
        attachAt(2, node);
        keep(1, 2);

        assertThat(stored(1, 0)).containsExactly(copy(2, 0, 1));
    }

    @Test
    void aBlockOfALevelWithoutCopiesIsNotCopied() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        keep(1, 1);

        assertThat(stored(1, 0)).isEmpty();
    }

    @Test
    void aBlockIsCopiedWhenASecondExecutorComes() {
        bench.attach(1, 1);
        keep(1, 2);
        assertThat(stored(1, 0)).isEmpty();

        assertThat(only(Action.CopyBlock.class, bench.attach(2, 1))).containsExactly(copy(2, 0, 1));
    }

    @Test
    void aBlockIsCopiedAgainWhenOneOfItsHoldersIsLost() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.attach(3, 1);
        keep(1, 2);
        assertThat(stored(1, 0)).containsExactly(copy(2, 0, 1));
        stored(2, 0);

        assertThat(only(Action.CopyBlock.class, bench.lose(1, KILLED))).containsExactly(copy(3, 0, 2));
    }

    @Test
    void whoeverWasToMakeACopyAndIsLostIsReplaced() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.attach(3, 1);
        keep(1, 2);
        assertThat(stored(1, 0)).containsExactly(copy(2, 0, 1));

        assertThat(only(Action.CopyBlock.class, bench.lose(2, KILLED))).containsExactly(copy(3, 0, 1));
    }

    @Test
    void aCopyThatIsRefusedIsTriedOnceMoreAndAnEvictedOneNotAtAll() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.attach(3, 1);
        keep(2, 2);
        assertThat(stored(1, 0)).containsExactly(copy(2, 0, 1));

        assertThat(refused(2, 0)).containsExactly(copy(3, 0, 1));
        assertThat(refused(3, 0)).isEmpty();

        assertThat(stored(1, 1)).hasSize(1);
        stored(2, 1);
        assertThat(refused(2, 1)).as("it was evicted").isEmpty();
        assertThat(bench.notes()).containsEntry(Note.COPY_REFUSED, 2L).containsEntry(Note.COPY, 3L);
    }

    @Test
    void oneExecutorMakesFewCopiesAtATime() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        keep(9, 2);

        assertThat(stored(1, 0, 1, 2, 3, 4, 5)).hasSize(4);
        assertThat(stored(2, 0)).containsExactly(copy(2, 4, 1));
        assertThat(refused(2, 1)).hasSize(1);
    }

    @Test
    void nothingIsCopiedOfWhatIsReleasedOrWasRolledBack() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        keep(2, 2);
        bench.send(new Event.StorageReleased(5));

        assertThat(stored(1, 0)).isEmpty();
    }

    @Test
    void aTaskNeedsNoShuffleWhenOneOfTwoHoldersIsLost() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        keep(1, 2);
        stored(1, 0);
        stored(2, 0);
        bench.succeed(attempt(1, 0, 0));

        bench.lose(bench.place(attempt(1, 0, 0)).number(), KILLED);
        List<Action> actions = bench.submit(
                2,
                Bench.map(2, 7, 1),
                Bench.result(3, 1, 7)
                        .keeping(new Kept(
                                List.of(List.of(new Block(5, 0))),
                                List.of(new io.raddle.id.ShuffleId(7)),
                                List.of(5))));

        assertThat(attempts(actions)).containsExactly(attempt(3, 0, 0));
    }
}
