package io.raddle.schedule.simulation;

import com.sun.management.ThreadMXBean;
import io.raddle.id.ExecutorId;
import io.raddle.id.JobId;
import io.raddle.id.NodeId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Action;
import io.raddle.schedule.Event;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.schedule.Event.Snapshot;
import io.raddle.schedule.JobPool;
import io.raddle.schedule.JobSpec;
import io.raddle.schedule.SchedulerCore;
import io.raddle.schedule.Settings;
import io.raddle.schedule.StageSpec;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What the core alone costs as tasks grow: one job of two stages over executors that never fail, without a network, in
 * virtual time. Events come in rounds as in the driver: what is due within a millisecond, at most 1024 at once.
 */
final class Scale {
    private static final long ROUND_NANOS = Duration.ofMillis(1).toNanos();
    private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int EVENTS_PER_ROUND = 1024;
    private static final int PER_RACK = 40;

    private final Size size;
    private final SchedulerCore core;
    private final Random random = new Random(1);
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Comparator.comparingLong(Ending::at));
    private final List<Deque<Action.Launch>> queues = new ArrayList<>();
    private final int[] busy;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long now = 1;
    private long nextTick = TICK_NANOS;
    private boolean completed;
    private int launched;
    private long coreNanos;
    private long coreBytes;
    private long events;
    private long passes;

    /** A cluster, a number of tasks over both stages, and how long a task runs on average. */
    record Size(int tasks, int executors, int slots, Duration run) {}

    /** What it took: time within the core, and bytes that it held when all slots were full and that it allocated. */
    record Cost(Size size, int launched, long events, long passes, double seconds, double held, double allocated) {
        double microsPerTask() {
            return seconds * 1e6 / size.tasks;
        }

        double heldPerTask() {
            return held / size.tasks;
        }

        double allocatedPerTask() {
            return allocated / size.tasks;
        }
    }

    private record Ending(long at, long ran, int executor, Action.Launch launch) {}

    private Scale(Size size) {
        this.size = size;
        core = new SchedulerCore(Settings.fixed(1, size.executors(), size.slots()));
        busy = new int[size.executors() + 1];
    }

    /** Runs the job to its end. */
    static Cost run(Size size) {
        return new Scale(size).run();
    }

    private Cost run() {
        for (int number = 0; number <= size.executors(); number++) {
            queues.add(new ArrayDeque<>());
        }
        for (int number = 1; number <= size.executors(); number++) {
            core.on(attached(number), now);
        }
        core.settle(now);
        long before = used();
        round(List.of(new Event.JobSubmitted(job())));
        double held = used() - before;
        while (!completed) {
            round(due());
        }
        return new Cost(size, launched, events, passes, coreNanos / 1e9, held, coreBytes);
    }

    private Event attached(int number) {
        return new Event.ExecutorAttached(
                new ExecutorId(number),
                1,
                new NodeId("node" + number, 8041),
                "rack" + number / PER_RACK,
                size.slots(),
                OutputLife.WITH_NODE,
                Snapshot.EMPTY);
    }

    private JobSpec job() {
        int maps = size.tasks() / 2;
        ShuffleId shuffle = new ShuffleId(0);
        return new JobSpec(
                new JobId(0),
                List.of(
                        StageSpec.map(new StageId(0), List.of(), shuffle, maps),
                        StageSpec.result(new StageId(1), List.of(shuffle), size.tasks() - maps)),
                JobPool.DEFAULT);
    }

    /** The events of the next round; time passes until then. */
    private List<Event> due() {
        Ending first = endings.peek();
        if (first == null) {
            throw new IllegalStateException("nothing runs and the job is not complete");
        }
        List<Event> round = new ArrayList<>();
        if (nextTick <= first.at()) {
            now = Math.max(now, nextTick);
            nextTick += TICK_NANOS;
            round.add(new Event.Tick());
            return round;
        }
        now = Math.max(now, first.at());
        while (round.size() < EVENTS_PER_ROUND
                && endings.peek() != null
                && endings.peek().at() <= now + ROUND_NANOS) {
            Ending ended = endings.remove();
            round.add(new Event.TaskEnded(
                    new ExecutorId(ended.executor()),
                    ended.launch().attempt(),
                    ended.ran(),
                    new Event.Outcome.Succeeded()));
            busy[ended.executor()]--;
            begin(ended.executor());
        }
        return round;
    }

    private void round(List<Event> round) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long began = System.nanoTime();
        round.forEach(event -> core.on(event, now));
        List<Action> actions = core.settle(now);
        coreNanos += System.nanoTime() - began;
        coreBytes += threads.getCurrentThreadAllocatedBytes() - bytes;
        events += round.size();
        passes++;
        actions.forEach(this::perform);
    }

    private void perform(Action action) {
        if (action instanceof Action.LaunchBatch batch) {
            int executor = batch.executor().number();
            launched += batch.launches().size();
            queues.get(executor).addAll(batch.launches());
            begin(executor);
        }
        completed |= action instanceof Action.CompleteJob;
    }

    /** Tasks run from half to one and a half times the usual. */
    private void begin(int executor) {
        Deque<Action.Launch> queue = queues.get(executor);
        while (busy[executor] < size.slots() && !queue.isEmpty()) {
            busy[executor]++;
            long ran = (long) (size.run().toNanos() * (0.5 + random.nextDouble()));
            endings.add(new Ending(now + ran, ran, executor, queue.remove()));
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Runs ever more tasks over one cluster, after a first time that is not told, and prints a table. */
    static void table(List<Integer> tasks, int executors, int slots, Duration run, PrintStream out) {
        Scale.run(new Size(tasks.get(0), executors, slots, run));
        out.printf("%d executors of %d slots, tasks of %d ms%n", executors, slots, run.toMillis());
        out.println(
                "| tasks | seconds in the core | µs per task | bytes held per task | bytes allocated per task | events | passes |");
        out.println("|---|---|---|---|---|---|---|");
        for (int each : tasks) {
            Cost cost = Scale.run(new Size(each, executors, slots, run));
            out.printf(
                    "| %,d | %.2f | %.2f | %.0f | %.0f | %,d | %,d |%n",
                    each,
                    cost.seconds(),
                    cost.microsPerTask(),
                    cost.heldPerTask(),
                    cost.allocatedPerTask(),
                    cost.events(),
                    cost.passes());
        }
    }
}
