package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.attempts;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.launches;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.only;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.StageSpec.Kept;
import io.raddle.schedule.StageSpec.Recomputation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a stage does without when partitions that it needs are kept, and what becomes of it when they are not any more. */
class BlocksTest {
    private static final Cause KILLED = new Cause.ExecutorExited("host1:8041", 137, "killed");
    private static final Cause LOST = new Cause.BlockLost(5, 0, "it was evicted");

    private final Bench bench = new Bench();

    /** A result stage over a kept set, storage 5, that was computed from shuffle 7. */
    private static StageSpec reading(int stage, int tasks) {
        return result(stage, tasks, 7).keeping(kept(tasks));
    }

    private static Kept kept(int tasks) {
        List<List<Block>> blocks = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            blocks.add(List.of(new Block(5, task)));
        }
        return new Kept(blocks, List.of(new ShuffleId(7)), List.of(5));
    }

    private List<Action> stored(int executor, int... partitions) {
        return bench.send(new Event.BlocksChanged(executor(executor), 1, blocks(partitions), List.of()));
    }

    private List<Action> dropped(int executor, int... partitions) {
        return bench.send(new Event.BlocksChanged(executor(executor), 1, List.of(), blocks(partitions)));
    }

    private static List<Block> blocks(int... partitions) {
        List<Block> blocks = new ArrayList<>();
        for (int partition : partitions) {
            blocks.add(new Block(5, partition));
        }
        return blocks;
    }

    @Test
    void anExecutorMayDropABlockThatNobodyKnowsOf() {
        bench.attach(1, 2);

        assertThat(dropped(1, 0)).isEmpty();
        bench.submit(1, map(1, 7, 1), reading(2, 1));

        assertThat(bench.place(attempt(1, 0, 0))).isEqualTo(executor(1));
    }

    @Test
    void aTaskRunsWhereItsBlockIs() {
        bench.attach(1, 2);
        bench.attach(2, 2);
        stored(1, 1);
        stored(2, 0);

        bench.submit(1, map(1, 7, 1), reading(2, 2));

        assertThat(bench.place(attempt(2, 0, 0))).isEqualTo(executor(2));
        assertThat(bench.place(attempt(2, 1, 0))).isEqualTo(executor(1));
    }

    @Test
    void aTaskWaitsForTheExecutorThatHoldsItsBlockButNotForEver() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        stored(1, 0, 1);

        assertThat(attempts(bench.submit(1, map(1, 7, 1), reading(2, 2)))).containsExactly(attempt(2, 0, 0));
        assertThat(attempts(bench.after(Duration.ofSeconds(1)))).isEmpty();
        assertThat(attempts(bench.after(Duration.ofSeconds(3)))).containsExactly(attempt(2, 1, 0));
        assertThat(bench.place(attempt(2, 1, 0))).isEqualTo(executor(2));
    }

    @Test
    void aTaskThatRunsElsewhereIsToldWhoHoldsItsBlock() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        stored(1, 0, 1);

        List<Action> first = bench.submit(1, map(1, 7, 1), reading(2, 2));
        List<Action> second = bench.after(Duration.ofSeconds(4));

        assertThat(launches(first))
                .singleElement()
                .satisfies(launch -> assertThat(launch.elsewhere()).isEmpty());
        assertThat(launches(second))
                .singleElement()
                .satisfies(launch -> assertThat(launch.elsewhere())
                        .containsExactly(new Action.KeptElsewhere(new Block(5, 1), List.of(executor(1)))));
    }

    @Test
    void aTaskIsToldAndPlacedByWhatLiesBehindABlockThatIsNotThere() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        stored(2, 0);
        Kept chain = new Kept(
                List.of(List.of(new Block(6, 0))), List.of(blocks(0)), List.of(), List.of(5, 6), new TreeMap<>());

        bench.submit(1, result(2, 1).keeping(chain));
        assertThat(bench.place(attempt(2, 0, 0))).isEqualTo(executor(2));
        List<Action> other = bench.submit(2, result(3, 1).keeping(chain));
        assertThat(attempts(other)).isEmpty();

        assertThat(launches(bench.after(Duration.ofSeconds(4))))
                .singleElement()
                .satisfies(launch -> assertThat(launch.elsewhere())
                        .containsExactly(new Action.KeptElsewhere(new Block(5, 0), List.of(executor(2)))));
    }

    @Test
    void whoDidNotLendABlockIsNotReliedOnForItButOthersAre() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        bench.attach(3, 1);
        stored(1, 0);
        stored(2, 0);
        bench.submit(1, map(1, 7, 1), reading(2, 1));

        List<Action> actions = bench.fail(attempt(2, 0, 0), new Cause.BlockLost(5, 0, "it broke off", List.of(1)));

        assertThat(bench.place(attempt(2, 0, 0))).isEqualTo(executor(1));
        assertThat(attempts(actions)).as("the shuffle is not needed").containsExactly(attempt(2, 0, 1));
        assertThat(launches(actions))
                .singleElement()
                .satisfies(launch -> assertThat(launch.elsewhere())
                        .containsExactly(new Action.KeptElsewhere(new Block(5, 0), List.of(executor(2)))));
    }

    @Test
    void aMissingBlockThatTheStageDidNotRelyOnTakesThoseAlongThatItDid() {
        bench.attach(1, 2);
        stored(1, 0);
        bench.submit(1, map(1, 7, 1), reading(2, 1));

        List<Action> actions = bench.fail(attempt(2, 0, 0), new Cause.BlockLost(4, 0, "it lay behind"));

        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 0));
    }

    @Test
    void aTaskDoesNotWaitForAnExecutorThatIsGone() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        stored(1, 0, 1);
        bench.submit(1, map(1, 7, 1), reading(2, 2));

        List<Action> actions = bench.lose(1, KILLED);

        assertThat(attempts(actions)).as("the shuffle is computed at once").containsExactly(attempt(1, 0, 0));
    }

    @Test
    void aShuffleIsNotComputedWhereAllIsKeptThatIsComputedFromIt() {
        bench.attach(1, 8);
        stored(1, 0, 1);

        List<Action> actions = bench.submit(1, map(1, 7, 3), reading(2, 2));

        assertThat(attempts(actions)).containsExactly(attempt(2, 0, 0), attempt(2, 1, 0));
        assertThat(launches(actions))
                .allSatisfy(launch -> assertThat(launch.inputs()).isEmpty());
        bench.succeedAll(actions);
        assertThat(bench.all(Action.CompleteJob.class)).containsExactly(new Action.CompleteJob(new JobId(1)));
    }

    @Test
    void aShuffleIsComputedWhenOneBlockIsMissing() {
        bench.attach(1, 8);
        stored(1, 1);

        assertThat(attempts(bench.submit(1, map(1, 7, 1), reading(2, 2)))).containsExactly(attempt(1, 0, 0));
    }

    @Test
    void aShuffleIsComputedWhenABlockIsEvictedThatAWaitingTaskNeeds() {
        bench.attach(1, 1);
        stored(1, 0, 1);
        bench.submit(1, map(1, 7, 1), reading(2, 2));

        assertThat(attempts(dropped(1, 1))).as("the slot is taken").isEmpty();
        List<Action> actions = bench.succeed(attempt(2, 0, 0));

        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 0));
        List<Action> after = bench.succeed(attempt(1, 0, 0));
        assertThat(attempts(after)).containsExactly(attempt(2, 1, 0));
        assertThat(launches(after))
                .singleElement()
                .satisfies(launch -> assertThat(launch.inputs()).hasSize(1));
    }

    @Test
    void aStageGoesOnWhenTheTaskThatMissedItsBlockIsDoneAfterAll() {
        bench.attach(1, 2);
        stored(1, 0, 1, 2);
        bench.submit(1, map(1, 7, 1), reading(2, 3));

        assertThat(attempts(dropped(1, 1))).as("both slots are taken").isEmpty();
        List<Action> actions = bench.succeed(attempt(2, 1, 0));

        assertThat(attempts(actions)).containsExactly(attempt(2, 2, 0));
        assertThat(launches(actions))
                .singleElement()
                .satisfies(launch -> assertThat(launch.inputs()).isEmpty());
    }

    @Test
    void aBlockOfATaskThatIsDoneIsNotMissed() {
        bench.attach(1, 1);
        stored(1, 0, 1);
        bench.submit(1, map(1, 7, 1), reading(2, 2));

        List<Action> actions = bench.succeed(attempt(2, 0, 0));
        assertThat(attempts(actions)).containsExactly(attempt(2, 1, 0));
        assertThat(attempts(dropped(1, 0))).isEmpty();
        bench.succeed(attempt(2, 1, 0));

        assertThat(bench.all(Action.CompleteJob.class)).hasSize(1);
        assertThat(bench.times("stage IDLE -> WAITING")).isEqualTo(1);
    }

    @Test
    void aTaskThatFindsNeitherBlockNorShuffleMakesTheShuffleBeComputed() {
        bench.attach(1, 2);
        stored(1, 0);
        bench.submit(1, map(1, 7, 1), reading(2, 1));

        List<Action> actions = bench.fail(attempt(2, 0, 0), LOST);

        assertThat(attempts(actions)).containsExactly(attempt(1, 0, 0));
        assertThat(attempts(bench.succeed(attempt(1, 0, 0)))).containsExactly(attempt(2, 0, 1));
    }

    @Test
    void aShuffleThatIsNotNeededAfterAllIsNotComputedToItsEnd() {
        bench.attach(1, 1);
        bench.submit(1, map(1, 7, 2), reading(2, 1));

        List<Action> actions = stored(1, 0);

        assertThat(only(Action.KillTask.class, actions))
                .extracting(Action.KillTask::attempt)
                .containsExactly(attempt(1, 0, 0));
        assertThat(attempts(actions)).containsExactly(attempt(2, 0, 0));
    }

    @Test
    void lostOutputsBehindKeptPartitionsStayLost() {
        bench.attach(1, 4, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        bench.attach(2, 4, 1, OutputLife.WITH_EXECUTOR, Snapshot.EMPTY);
        bench.succeedAll(bench.submit(1, map(1, 7, 1), reading(2, 2)));
        stored(2, 0, 1);
        bench.send(new Event.MapOutputsLost(new ShuffleId(7), 1, List.of(0)));

        assertThat(attempts(bench.submit(2, map(3, 7, 1), reading(4, 2))))
                .containsExactly(attempt(4, 0, 0), attempt(4, 1, 0));
    }

    @Test
    void blocksOfASilentExecutorCountAgainWhenItIsBack() {
        bench.attach(1, 4);
        stored(1, 0, 1);
        bench.lose(1, new Cause.Unreachable("host1:1", "silent"));
        assertThat(bench.core.inside().blocks().isHeld(new Block(5, 0))).isFalse();

        bench.attach(1, 4, 1, OutputLife.WITH_NODE, new Snapshot(List.of(), List.of(), List.of(), blocks(1)));

        assertThat(bench.core.inside().blocks().isHeld(new Block(5, 0))).isFalse();
        assertThat(bench.core.inside().blocks().isHeld(new Block(5, 1))).isTrue();
    }

    @Test
    void wordsOfAnEarlierProcessOfAnExecutorAreIgnored() {
        bench.attach(1, 4, 2, OutputLife.WITH_NODE, Snapshot.EMPTY);

        stored(1, 0);

        assertThat(bench.core.inside().blocks().isHeld(new Block(5, 0))).isFalse();
        assertThat(bench.notes()).containsEntry(Note.LATE_EVENT, 1L);
    }

    @Test
    void aReleasedStorageIsDroppedEverywhereAndFreeWhenTheLastHolderSaysSo() {
        bench.attach(1, 1);
        bench.attach(2, 1);
        stored(1, 0);

        List<Action> actions = bench.send(new Event.StorageReleased(5));

        assertThat(only(Action.DropBlocks.class, actions))
                .containsExactly(
                        new Action.DropBlocks(executor(1), 5, true), new Action.DropBlocks(executor(2), 5, true));
        assertThat(only(Action.StorageFreed.class, actions)).isEmpty();
        assertThat(only(Action.StorageFreed.class, dropped(1, 0))).containsExactly(new Action.StorageFreed(5));
        assertThat(only(Action.DropBlocks.class, stored(2, 1)))
                .as("a task was still computing")
                .containsExactly(new Action.DropBlocks(executor(2), 5, true));
    }

    @Test
    void aReleasedStorageIsFreeAtOnceWhenNobodyHoldsIt() {
        assertThat(bench.send(new Event.StorageReleased(5))).contains(new Action.StorageFreed(5));
        assertThat(only(Action.StorageFreed.class, bench.send(new Event.StorageReleased(5))))
                .isEmpty();
    }

    @Test
    void blocksOfAReleasedStorageAreNotReliedOn() {
        bench.attach(1, 4);
        stored(1, 0);
        bench.send(new Event.StorageReleased(5));

        assertThat(attempts(bench.submit(1, map(1, 7, 1), reading(2, 1)))).containsExactly(attempt(1, 0, 0));
    }

    @Test
    void whatWasComputedFromRolledBackRecordsIsForgotten() {
        bench.attach(1, 4);
        StageSpec varying = map(1, 7, 2).recomputing(Recomputation.VARIES);
        StageSpec keeping = map(2, 8, 2, 7).keeping(kept(2));
        bench.submit(1, varying, keeping, result(3, 1, 8));
        bench.succeed(attempt(1, 0, 0));
        bench.succeed(attempt(1, 1, 0));
        stored(1, 0);

        List<Action> actions = bench.send(new Event.MapOutputsLost(new ShuffleId(7), 1, List.of(0)));

        assertThat(only(Action.DropBlocks.class, actions))
                .containsExactly(new Action.DropBlocks(executor(1), 5, false));
        assertThat(attempts(actions)).contains(attempt(1, 0, 1), attempt(1, 1, 1));
        assertThat(bench.core.inside().blocks().isHeld(new Block(5, 0))).isFalse();
        stored(1, 0);
        assertThat(bench.core.inside().blocks().lenders(new Block(5, 0)))
                .as("it may be the old one")
                .isEmpty();
    }

    @Test
    void anExecutorThatHoldsBlocksIsNotLetGoForBeingIdle() {
        Bench elastic = new Bench(new Settings(
                1,
                0,
                2,
                2,
                1,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                4,
                4,
                4,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                SpeculationRule.NONE));
        elastic.attach(1, 1);
        elastic.attach(2, 1);
        elastic.send(new Event.BlocksChanged(executor(1), 1, blocks(0), List.of()));

        assertThat(only(Action.DrainExecutor.class, elastic.after(Duration.ofHours(1))))
                .containsExactly(new Action.DrainExecutor(executor(2)));
    }
}
