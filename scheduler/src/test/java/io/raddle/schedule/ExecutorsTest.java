package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.schedule.Lifecycles.ExecutorState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorsTest {
    private final Executors executors = new Executors();

    private Executor enter(int number) {
        Executor executor = executors.allocate(Bench.executor(number), Bench.node(number % 2), 0);
        executors.become(executor, ExecutorState.ATTACHED, Parts.CENSUS);
        executors.entered(executor);
        return executor;
    }

    @Test
    void countsExecutorsByTheirState() {
        executors.allocate(Bench.executor(1), Bench.node(1), 0);
        Executor second = enter(2);
        enter(3);
        executors.become(second, ExecutorState.SILENT, Parts.CENSUS);

        assertThat(executors.count(ExecutorState.ALLOCATED)).isEqualTo(1);
        assertThat(executors.count(ExecutorState.ATTACHED)).isEqualTo(1);
        assertThat(executors.count(ExecutorState.SILENT)).isEqualTo(1);
        assertThat(executors.count(ExecutorState.DRAINING)).isZero();
    }

    @Test
    void doesNotCountWhatIsForgotten() {
        Executor executor = enter(1);
        executors.become(executor, ExecutorState.GONE, Parts.CENSUS);
        executors.forget(executor);

        assertThat(executors.count(ExecutorState.GONE)).isZero();
        assertThat(executors.all()).isEmpty();
        assertThat(executors.find(executor.id)).isNull();
        assertThat(executors.isGone(executor.id)).isTrue();
        assertThat(executors.isGone(Bench.executor(2))).isFalse();
    }

    @Test
    void givesTheSameExecutorForTheSameId() {
        assertThat(executors.allocate(Bench.executor(1), Bench.node(1), 0))
                .isSameAs(executors.allocate(Bench.executor(1), Bench.node(2), 5));
        assertThat(executors.count(ExecutorState.ALLOCATED)).isEqualTo(1);
    }

    @Test
    void saysWhenTheLastExecutorOfAHostLeft() {
        Executor first = enter(1);
        Executor third = enter(3);

        assertThat(executors.left(first)).isFalse();
        assertThat(executors.left(third)).isTrue();
    }

    @Test
    void aPreferenceCanBeMetWhileAnyExecutorIsAttachedThere() {
        Executor first = enter(1);
        Preference host = Preference.hosts(List.of("nowhere", "host1"));
        Preference self = new Preference(List.of(first.id), List.of(), List.of());
        Preference rack = new Preference(List.of(), List.of(), List.of(first.rack()));
        assertThat(List.of(host, self, rack)).allMatch(executors::canMeet);

        executors.become(first, ExecutorState.SILENT, Parts.CENSUS);
        executors.left(first);

        assertThat(List.of(host, self, rack)).noneMatch(executors::canMeet);
    }

    @Test
    void nobodyMeetsNoPreference() {
        enter(1);

        assertThat(executors.canMeet(Preference.NONE)).isFalse();
        assertThat(executors.canMeet(Preference.hosts(List.of("host0")))).isFalse();
    }

    @Test
    void findsTheExecutorsOfANodeInOrder() {
        Executor third = enter(3);
        Executor first = enter(1);
        enter(2);

        assertThat(executors.on(Bench.node(1))).containsExactly(first, third);
        assertThat(executors.on(Bench.node(9))).isEmpty();
    }

    @Test
    void oneTaskPerSlotRunsInTheOrderOfLaunchAndTheRestIsQueued() {
        Executor executor = Parts.attached(1, "rack0", 2);
        Stage stage = Parts.stage(Bench.result(1, 3));
        Attempt first = Parts.begin(stage, 0, executor, 0);
        Attempt second = Parts.begin(stage, 1, executor, 0);
        Attempt third = Parts.begin(stage, 2, executor, 0);

        assertThat(executor.running()).containsExactly(first, second);
        assertThat(executor.queued()).isEqualTo(1);
        assertThat(executor.freeSlots()).isZero();
        executor.remove(first, 10);
        assertThat(executor.running()).containsExactly(second, third);
        assertThat(executor.queued()).isZero();
    }

    @Test
    void idlesSinceItsLastAttemptEnded() {
        Executor executor = Parts.attached(1, "rack0", 2);
        Stage stage = Parts.stage(Bench.result(1, 2));
        Attempt first = Parts.begin(stage, 0, executor, 0);
        Attempt second = Parts.begin(stage, 1, executor, 0);

        executor.remove(first, 10);
        assertThat(executor.isIdle()).isFalse();
        assertThat(executor.idleSince()).isZero();
        executor.remove(second, 30);

        assertThat(executor.isIdle()).isTrue();
        assertThat(executor.idleSince()).isEqualTo(30);
    }
}
