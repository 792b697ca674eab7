package io.raddle.schedule;

import static io.raddle.schedule.Bench.attempt;
import static io.raddle.schedule.Bench.executor;
import static io.raddle.schedule.Bench.map;
import static io.raddle.schedule.Bench.node;
import static io.raddle.schedule.Bench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.Lifecycles.TaskState;
import io.raddle.schedule.StageSpec.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Visits every transition of every table by the events that cause it; one that nothing here visits fails the build. */
class LifecyclesTest {
    private static final Cause SILENCE = new Cause.Unreachable("host1:8041", "no heartbeat");
    private static final Cause EXIT = new Cause.ExecutorExited("host1:8041", 137, "");
    private static final Cause FETCH_FAILED = new Cause.FetchFailed(7, 1, List.of(0), "host1:8041", "gone");

    /** How a transition comes about: its event is the last step, all else comes before. */
    private record Visit(String transition, Consumer<Bench> before, Consumer<Bench> event) {
        @Override
        public String toString() {
            return transition;
        }
    }

    static Stream<Visit> visits() {
        return Stream.of(jobs(), stages(), tasks(), executors()).flatMap(each -> each);
    }

    private static Stream<Visit> jobs() {
        return Stream.of(
                new Visit("job RUNNING -> SUCCEEDED", LifecyclesTest::oneTask, LifecyclesTest::success),
                new Visit("job RUNNING -> FAILED", LifecyclesTest::oneTask, LifecyclesTest::fault),
                new Visit("job RUNNING -> CANCELLED", LifecyclesTest::oneTask, LifecyclesTest::cancel));
    }

    private static Stream<Visit> stages() {
        return Stream.of(
                new Visit("stage IDLE -> WAITING", bench -> {}, LifecyclesTest::mapAndResult),
                new Visit("stage IDLE -> RETIRED", LifecyclesTest::mapAndResult, LifecyclesTest::cancel),
                new Visit("stage WAITING -> RUNNING", bench -> {}, LifecyclesTest::oneTask),
                new Visit("stage WAITING -> DONE", bench -> {}, bench -> bench.submit(1, result(1, 0))),
                new Visit("stage WAITING -> IDLE", LifecyclesTest::mapAndResult, LifecyclesTest::cancel),
                new Visit("stage RUNNING -> DONE", LifecyclesTest::oneTask, LifecyclesTest::success),
                new Visit("stage RUNNING -> WAITING", LifecyclesTest::mapDone, LifecyclesTest::lostInput),
                new Visit("stage RUNNING -> IDLE", LifecyclesTest::oneTask, LifecyclesTest::cancel),
                new Visit("stage DONE -> IDLE", LifecyclesTest::mapDone, LifecyclesTest::lostInput),
                new Visit("stage DONE -> RETIRED", LifecyclesTest::oneTask, LifecyclesTest::success));
    }

    private static Stream<Visit> tasks() {
        return Stream.of(
                new Visit("task PENDING -> RUNNING", bench -> bench.submit(1, result(1, 1)), LifecyclesTest::attach),
                new Visit("task RUNNING -> DONE", LifecyclesTest::oneTask, LifecyclesTest::success),
                new Visit("task RUNNING -> COMMITTING", LifecyclesTest::oneTask, LifecyclesTest::askCommit),
                new Visit("task RUNNING -> PENDING", LifecyclesTest::oneTask, LifecyclesTest::fault),
                new Visit("task COMMITTING -> DONE", LifecyclesTest::committing, LifecyclesTest::success),
                new Visit("task COMMITTING -> PENDING", LifecyclesTest::committing, LifecyclesTest::fault),
                new Visit("task DONE -> PENDING", LifecyclesTest::mapDone, LifecyclesTest::lostInput));
    }

    private static Stream<Visit> executors() {
        return Stream.of(
                new Visit("executor ALLOCATED -> ATTACHED", LifecyclesTest::allocated, LifecyclesTest::attach),
                new Visit("executor ALLOCATED -> SILENT", LifecyclesTest::allocated, LifecyclesTest::silence),
                new Visit("executor ALLOCATED -> GONE", LifecyclesTest::allocated, LifecyclesTest::exit),
                new Visit("executor ATTACHED -> DRAINING", LifecyclesTest::attach, LifecyclesTest::drain),
                new Visit("executor ATTACHED -> SILENT", LifecyclesTest::attach, LifecyclesTest::silence),
                new Visit("executor ATTACHED -> GONE", LifecyclesTest::attach, LifecyclesTest::exit),
                new Visit("executor DRAINING -> SILENT", LifecyclesTest::draining, LifecyclesTest::silence),
                new Visit("executor DRAINING -> GONE", LifecyclesTest::draining, LifecyclesTest::exit),
                new Visit("executor SILENT -> ATTACHED", LifecyclesTest::silent, LifecyclesTest::attach),
                new Visit("executor SILENT -> GONE", LifecyclesTest::silent, LifecyclesTest::exit));
    }

    private static void attach(Bench bench) {
        bench.attach(1, 1);
    }

    private static void allocated(Bench bench) {
        bench.send(new Event.ContainerAllocated(executor(1), node(1)));
    }

    private static void silence(Bench bench) {
        bench.send(new Event.ExecutorLost(executor(1), 1, SILENCE));
    }

    private static void exit(Bench bench) {
        bench.lose(1, EXIT);
    }

    private static void drain(Bench bench) {
        bench.send(new Event.ExecutorDraining(executor(1)));
    }

    private static void draining(Bench bench) {
        attach(bench);
        drain(bench);
    }

    private static void silent(Bench bench) {
        attach(bench);
        silence(bench);
    }

    private static void oneTask(Bench bench) {
        attach(bench);
        bench.submit(1, result(1, 1).publishing(Publication.REPEATABLE_COMMIT).attempting(1));
    }

    private static void committing(Bench bench) {
        oneTask(bench);
        askCommit(bench);
    }

    private static void mapAndResult(Bench bench) {
        attach(bench);
        bench.submit(1, map(1, 7, 1), result(2, 1, 7));
    }

    private static void mapDone(Bench bench) {
        mapAndResult(bench);
        success(bench);
    }

    private static void askCommit(Bench bench) {
        bench.askCommit(attempt(1, 0, 0));
    }

    private static void success(Bench bench) {
        bench.succeed(attempt(1, 0, 0));
    }

    private static void fault(Bench bench) {
        bench.fail(attempt(1, 0, 0), Bench.USER_FAULT);
    }

    private static void lostInput(Bench bench) {
        bench.fail(attempt(2, 0, 0), FETCH_FAILED);
    }

    private static void cancel(Bench bench) {
        bench.send(new Event.JobCancelled(new JobId(1), new Cause.Cancelled("alice")));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void isTakenByItsEventAndNotBefore(Visit visit) {
        Bench bench = new Bench();
        visit.before().accept(bench);
        assertThat(bench.times(visit.transition())).isZero();

        visit.event().accept(bench);

        assertThat(bench.times(visit.transition())).isPositive();
    }

    @Test
    void everyTransitionOfEveryTableIsVisited() {
        List<String> tables = new ArrayList<>();
        Lifecycles.ALL.forEach(lifecycle -> tables.addAll(words(lifecycle)));

        assertThat(visits().map(Visit::transition)).containsExactlyInAnyOrderElementsOf(tables);
    }

    private static <S extends Enum<S>> List<String> words(Lifecycle<S> lifecycle) {
        List<String> words = new ArrayList<>();
        lifecycle.forEach((from, to) -> words.add(lifecycle.word(from, to)));
        return words;
    }

    @Test
    void refusesWhatIsNotInTheTableAndTellsTheHistoryOfTheInstance() {
        Life<ExecutorState> life = new Life<>(Lifecycles.EXECUTOR, "executor 5", ExecutorState.ALLOCATED);
        Census census = new Census();
        life.become(ExecutorState.ATTACHED, census);
        life.become(ExecutorState.SILENT, census);

        assertThatThrownBy(() -> life.become(ExecutorState.DRAINING, census))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("executor 5: executor SILENT -> DRAINING is not in the table;"
                        + " before it: [ALLOCATED, ATTACHED]");
        assertThat(life.state()).isEqualTo(ExecutorState.SILENT);
        assertThat(census.transitions()).doesNotContainKey("executor SILENT -> DRAINING");
    }

    @Test
    void rememberesABoundedHistory() {
        Life<ExecutorState> life = new Life<>(Lifecycles.EXECUTOR, "executor 5", ExecutorState.ATTACHED);
        Census census = new Census();
        for (int i = 0; i < 1000; i++) {
            life.become(ExecutorState.SILENT, census);
            life.become(ExecutorState.ATTACHED, census);
        }

        assertThatThrownBy(() -> life.become(ExecutorState.ATTACHED, census))
                .message()
                .hasSizeLessThan(300)
                .endsWith("ATTACHED, SILENT]");
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void theLastStateOfALifeIsLeftByNothing(Lifecycle<?> lifecycle) {
        assertThat(words(lifecycle))
                .noneMatch(word -> word.matches(".* (RETIRED|GONE|SUCCEEDED|FAILED|CANCELLED) ->.*"));
    }

    static List<Lifecycle<?>> lifecycles() {
        return Lifecycles.ALL;
    }

    @Test
    void aTaskThatIsMovedIllegallyTellsWhatBecameOfItsAttempts() {
        Census census = new Census();
        Stage stage = new Stage(result(1, 3), 1, List.of(), new BlockIndex(), Bench.SETTINGS, census);
        Executor place = new Executor(executor(1), node(1), 0);
        Attempt first = new Attempt(attempt(1, 2, 0), stage, 2, place, 0);
        stage.tasks.launch(first);
        stage.tasks.giveUp(first);
        stage.tasks.blame(2);

        assertThatThrownBy(() -> stage.tasks.lose(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stage 1, task 2: task PENDING -> PENDING is not in the table;"
                        + " before it: 1 attempts, of which 1 ended by its own fault and 0 by none, and none stands");
        assertThat(stage.tasks.state(2)).isEqualTo(TaskState.PENDING);
    }
}
