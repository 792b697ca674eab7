package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingTasksTest {
    private static final long WAIT = Bench.SETTINGS.localityWait().toNanos();
    private static final Preference HOST_1 = Preference.hosts(List.of("host1"));
    private static final Preference RACK_A = new Preference(List.of(), List.of("host9"), List.of("a"));

    private final Executor first = Parts.attached(1, "a", 1);
    private final Executor second = Parts.attached(2, "b", 1);
    private final Executor third = Parts.attached(3, "a", 1);

    private static Stage stage(Preference... each) {
        return Parts.stage(Bench.result(1, each.length).preferring(List.of(each)));
    }

    private static PendingTasks filled(Stage stage) {
        stage.pending.refill(preference -> true);
        stage.pending.startWaiting(0);
        return stage.pending;
    }

    @Test
    void givesTasksWithoutPreferenceToAnybodyAtOnce() {
        PendingTasks pending = filled(stage(Preference.NONE, Preference.NONE));

        assertThat(pending.poll(second, each -> true, 0)).isZero();
        assertThat(pending.poll(first, each -> true, 0)).isEqualTo(1);
    }

    @Test
    void prefersTheExecutorToItsHostAndTheHostToAnyOther() {
        Preference self = new Preference(List.of(first.id), List.of(), List.of());
        Stage stage = stage(Preference.NONE, HOST_1, self);
        PendingTasks pending = filled(stage);

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int task = pending.poll(first, each -> true, 0);
            order.add(task);
            Parts.begin(stage, task, first, 0);
        }

        assertThat(order).containsExactly(2, 1, 0);
    }

    @Test
    void keepsATaskForItsHostUntilTheWaitIsOver() {
        PendingTasks pending = filled(stage(HOST_1));

        assertThat(pending.poll(second, each -> true, WAIT - 1)).isEqualTo(PendingTasks.NONE);
        assertThat(pending.poll(second, each -> true, WAIT)).isZero();
    }

    @Test
    void takesTheRackAfterHalfOfTheWait() {
        PendingTasks pending = filled(stage(RACK_A, RACK_A));

        assertThat(pending.poll(third, each -> true, WAIT / 2 - 1)).isEqualTo(PendingTasks.NONE);
        assertThat(pending.poll(second, each -> true, WAIT / 2)).isEqualTo(PendingTasks.NONE);
        assertThat(pending.poll(third, each -> true, WAIT / 2)).isZero();
    }

    @Test
    void waitsAnewAfterEveryLaunchAtAPreferredPlace() {
        Stage stage = stage(HOST_1, HOST_1);
        PendingTasks pending = filled(stage);
        long launched = WAIT - 1;
        Parts.begin(stage, pending.poll(first, each -> true, launched), first, launched);

        assertThat(pending.poll(second, each -> true, WAIT)).isEqualTo(PendingTasks.NONE);
        assertThat(pending.anywhereFrom()).isEqualTo(launched + WAIT);
        assertThat(pending.poll(second, each -> true, launched + WAIT)).isEqualTo(1);
    }

    @Test
    void doesNotWaitForWhatNobodyCanMeet() {
        Stage stage = stage(HOST_1);
        stage.pending.refill(preference -> false);

        assertThat(stage.pending.poll(second, each -> true, 0)).isZero();
    }

    @Test
    void tellsWhenItsTasksBecomeLessChoosy() {
        PendingTasks pending = filled(stage(RACK_A));

        assertThat(pending.nextChoice(0)).isEqualTo(WAIT / 2);
        assertThat(pending.nextChoice(WAIT / 2)).isEqualTo(WAIT);
        assertThat(pending.nextChoice(WAIT)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsTheTasksThatWishForEachHostAndRack() {
        PendingTasks pending = filled(stage(HOST_1, RACK_A, RACK_A, Preference.NONE));

        assertThat(pending.wishedHosts()).hasSize(2).containsEntry("host1", 1).containsEntry("host9", 2);
        assertThat(pending.wishedRacks()).hasSize(1).containsEntry("a", 2);
    }

    @Test
    void givesATaskThatWasGivenUpOutAgain() {
        Stage stage = stage(HOST_1);
        PendingTasks pending = filled(stage);
        Attempt attempt = Parts.begin(stage, pending.poll(first, each -> true, 0), first, 0);
        assertThat(pending.poll(first, each -> true, 0)).isEqualTo(PendingTasks.NONE);

        stage.tasks.giveUp(attempt);
        pending.add(0, preference -> true);

        assertThat(pending.poll(first, each -> true, 0)).isZero();
    }

    /** Whatever the preferences and whoever asks, each task is given out once, and none is left when the wait is over. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesEveryTaskOutOnce(long seed) {
        Random random = new Random(seed);
        List<Preference> kinds = List.of(
                Preference.NONE,
                HOST_1,
                RACK_A,
                new Preference(List.of(second.id), List.of("host3"), List.of("b")),
                Preference.hosts(List.of("host1", "host2", "nowhere")));
        Preference[] each = new Preference[200];
        Arrays.setAll(each, task -> kinds.get(random.nextInt(kinds.size())));
        Stage stage = stage(each);
        stage.pending.refill(preference -> random.nextBoolean());
        stage.pending.startWaiting(0);
        long now = 0;
        int given = 0;
        while (now < 1000 * WAIT) {
            Executor asks = List.of(first, second, third).get(random.nextInt(3));
            int task = stage.pending.poll(asks, any -> true, now);
            if (task == PendingTasks.NONE) {
                now += WAIT / 4;
                continue;
            }
            assertThat(stage.tasks.state(task)).isEqualTo(TaskState.PENDING);
            Parts.begin(stage, task, asks, now);
            given++;
        }

        assertThat(given).isEqualTo(each.length);
    }
}
