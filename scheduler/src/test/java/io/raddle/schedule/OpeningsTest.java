package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.Lifecycles.StageState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pass must cost what changed, not what is there. */
class OpeningsTest {
    private final Openings openings = new Openings();
    private final Executor free = Parts.attached(1, "rack0", 1);
    private final Executor full = Parts.attached(2, "rack0", 1);
    private final List<Executor> everyone = new ArrayList<>(List.of(free, full));

    OpeningsTest() {
        Parts.begin(Parts.stage(Bench.result(9, 1)), 0, full, 0);
    }

    private static Stage running(int number, int job) {
        Stage stage =
                new Stage(Bench.result(number, 2), job, List.of(), new BlockIndex(), Bench.SETTINGS, Parts.CENSUS);
        stage.life.become(StageState.WAITING, Parts.CENSUS);
        stage.life.become(StageState.RUNNING, Parts.CENSUS);
        return stage;
    }

    @Test
    void offersNobodyWhenNothingChanged() {
        assertThat(openings.takeOffers(everyone)).isEmpty();
    }

    @Test
    void offersOnlyTheExecutorThatRegainedRoomHoweverManyThereAre() {
        for (int number = 10; number < 1000; number++) {
            everyone.add(Parts.attached(number, "rack1", 4));
        }
        openings.roomAt(free);

        assertThat(openings.takeOffers(everyone)).containsExactly(free);
        assertThat(openings.takeOffers(everyone)).isEmpty();
    }

    @Test
    void offersEveryFreeExecutorOnceWhenAStageHasNewTasks() {
        openings.roomAt(full);
        openings.tasksIn(running(1, 1));

        assertThat(openings.takeOffers(everyone)).containsExactlyInAnyOrder(free, full);
        assertThat(openings.takeOffers(everyone)).isEmpty();
    }

    @Test
    void neverOffersAnExecutorThatTakesNoTasks() {
        openings.roomAt(free);
        free.life.become(ExecutorState.DRAINING, Parts.CENSUS);
        openings.offerAll();

        assertThat(openings.takeOffers(everyone)).isEmpty();
    }

    @Test
    void servesEarlierJobsFirstAndWithinAJobEarlierStages() {
        Stage late = running(1, 2);
        Stage second = running(3, 1);
        Stage first = running(2, 1);
        openings.tasksIn(late);
        openings.tasksIn(second);
        openings.tasksIn(first);

        assertThat(openings.stages()).containsExactly(first, second, late);
    }

    @Test
    void forgetsAStageWhoseLastTaskWasPlaced() {
        Stage stage = running(1, 1);
        openings.tasksIn(stage);
        Parts.begin(stage, 0, free, 0);
        assertThat(openings.stages()).containsExactly(stage);

        Parts.begin(stage, 1, free, 0);

        assertThat(openings.stages()).isEmpty();
    }

    @Test
    void tellsThatTheSetOfStagesChangedAndOnlyThen() {
        Stage stage = running(1, 1);
        long before = openings.version();
        openings.tasksIn(stage);
        long after = openings.version();
        openings.tasksIn(stage);

        assertThat(after).isGreaterThan(before);
        assertThat(openings.version()).isEqualTo(after);
        openings.close(stage);
        assertThat(openings.version()).isGreaterThan(after);
    }

    @Test
    void takesNoStageThatDoesNotRun() {
        openings.tasksIn(Parts.stage(Bench.result(1, 2)));

        assertThat(openings.stages()).isEmpty();
    }
}
