package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.AttemptId;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Action.Launch;
import io.raddle.schedule.Action.LaunchBatch;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Event.Outcome;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A core with a hand on its clock and a memory of what it asked for. */
final class Bench {
    static final Settings SETTINGS = Settings.fixed(1, 2, 2);
    static final Cause USER_FAULT = new Cause.UserException("java.lang.IllegalStateException", "no", "");

    final SchedulerCore core;
    private final List<Action> actions = new ArrayList<>();
    private final Map<AttemptId, ExecutorId> places = new LinkedHashMap<>();
    private long now = 1;

    Bench() {
        this(SETTINGS);
    }

    Bench(Settings settings) {
        core = new SchedulerCore(settings);
    }

    static StageSpec map(int stage, int shuffle, int tasks, int... inputs) {
        return StageSpec.map(new StageId(stage), shuffles(inputs), new ShuffleId(shuffle), tasks);
    }

    static StageSpec result(int stage, int tasks, int... inputs) {
        return StageSpec.result(new StageId(stage), shuffles(inputs), tasks);
    }

    private static List<ShuffleId> shuffles(int... numbers) {
        return Arrays.stream(numbers).mapToObj(ShuffleId::new).toList();
    }

    static JobSpec job(int id, StageSpec... stages) {
        return new JobSpec(new JobId(id), List.of(stages), JobPool.DEFAULT);
    }

    static NodeId node(int number) {
        return new NodeId("host" + number, 8041);
    }

    static ExecutorId executor(int number) {
        return new ExecutorId(number);
    }

    /** Sends events and settles; what came out is returned and remembered. */
    List<Action> send(Event... events) {
        for (Event event : events) {
            core.on(event, now);
        }
        List<Action> out = core.settle(now);
        actions.addAll(out);
        for (Action action : out) {
            if (action instanceof LaunchBatch batch) {
                batch.launches().forEach(launch -> places.put(launch.attempt(), batch.executor()));
            }
        }
        return out;
    }

    List<Action> submit(int id, StageSpec... stages) {
        return send(new Event.JobSubmitted(job(id, stages)));
    }

    List<Action> submit(int id, JobPool pool, StageSpec... stages) {
        return send(new Event.JobSubmitted(new JobSpec(new JobId(id), List.of(stages), pool)));
    }

    List<Action> attach(int executor, int slots) {
        return attach(executor, slots, 1, OutputLife.WITH_NODE, Snapshot.EMPTY);
    }

    List<Action> attach(int executor, int slots, long incarnation, OutputLife life, Snapshot snapshot) {
        return send(new Event.ExecutorAttached(
                executor(executor), incarnation, node(executor), "rack" + executor % 2, slots, life, snapshot));
    }

    List<Action> lose(int executor, Cause cause) {
        return send(new Event.ExecutorLost(executor(executor), Event.ExecutorLost.EVERY_INCARNATION, cause));
    }

    List<Action> succeed(AttemptId attempt) {
        return end(attempt, new Outcome.Succeeded());
    }

    List<Action> fail(AttemptId attempt, Cause cause) {
        return end(attempt, new Outcome.Failed(cause));
    }

    List<Action> end(AttemptId attempt, Outcome outcome) {
        return send(new Event.TaskEnded(
                place(attempt), attempt, Duration.ofSeconds(1).toNanos(), outcome));
    }

    List<Action> askCommit(AttemptId attempt) {
        return send(new Event.CommitAsked(place(attempt), attempt));
    }

    List<Action> after(Duration duration) {
        now += duration.toNanos();
        return send(new Event.Tick());
    }

    /** How often a transition was taken. */
    long times(String transition) {
        return core.inside().census().transitions().getOrDefault(transition, 0L);
    }

    /** What was late, doubled or otherwise worth counting, and how often. */
    Map<Note, Long> notes() {
        Map<Note, Long> counts = new EnumMap<>(Note.class);
        for (Note note : Note.values()) {
            long count = core.inside().census().count(note);
            if (count > 0) {
                counts.put(note, count);
            }
        }
        return counts;
    }

    long now() {
        return now;
    }

    ExecutorId place(AttemptId attempt) {
        return places.getOrDefault(attempt, executor(1));
    }

    /** Reports success for everything launched in these actions and in what follows from it. */
    void succeedAll(List<Action> from) {
        List<AttemptId> work = new ArrayList<>(attempts(from));
        while (!work.isEmpty()) {
            work.addAll(attempts(succeed(work.remove(0))));
        }
    }

    static List<AttemptId> attempts(List<Action> actions) {
        return launches(actions).stream().map(Launch::attempt).toList();
    }

    static List<Launch> launches(List<Action> actions) {
        return actions.stream()
                .filter(LaunchBatch.class::isInstance)
                .map(LaunchBatch.class::cast)
                .flatMap(batch -> batch.launches().stream())
                .toList();
    }

    static <A extends Action> List<A> only(Class<A> kind, List<Action> actions) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All actions of one kind so far. */
    <A extends Action> List<A> all(Class<A> kind) {
        return only(kind, actions);
    }

    static AttemptId attempt(int stage, int partition, int number) {
        return new AttemptId(SETTINGS.driverEpoch(), new StageId(stage), partition, number);
    }
}
