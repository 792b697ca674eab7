package io.raddle.schedule;

import io.raddle.id.ExecutorId;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending tasks of one stage, found by where they would rather run. A task stands in several queues at once; entries
 * whose task is no longer pending are dropped when met. Waits at most the locality wait, counted from the last launch at
 * a preferred place, and not at all for tasks without a preference that any attached executor could meet.
 */
final class PendingTasks {
    static final int NONE = -1;

    private final StageSpec spec;
    private final TaskSet tasks;
    private final BlockIndex blocks;
    private final long waitNanos;
    /** May run anywhere at once. */
    private final IntQueue free = new IntQueue();
    /** All tasks with a preference. */
    private final IntQueue all = new IntQueue();

    private final SortedMap<ExecutorId, IntQueue> byExecutor = new TreeMap<>();
    private final SortedMap<String, IntQueue> byHost = new TreeMap<>();
    private final SortedMap<String, IntQueue> byRack = new TreeMap<>();
    private long waitingSince;

    PendingTasks(StageSpec spec, TaskSet tasks, BlockIndex blocks, long waitNanos) {
        this.spec = spec;
        this.tasks = tasks;
        this.blocks = blocks;
        this.waitNanos = waitNanos;
    }

    /** Puts every pending task into its queues, as when the stage starts. */
    void refill(Predicate<Preference> reachable) {
        free.clear();
        all.clear();
        byExecutor.clear();
        byHost.clear();
        byRack.clear();
        for (int task = 0; task < tasks.size(); task++) {
            if (tasks.state(task) == TaskState.PENDING) {
                add(task, reachable);
            }
        }
    }

    /** The wait for better places begins anew. */
    void startWaiting(long now) {
        waitingSince = now;
    }

    /** {@code reachable} says whether any attached executor could meet a preference. */
    void add(int task, Predicate<Preference> reachable) {
        Preference preference = preference(task);
        if (preference.isNone()) {
            free.add(task);
            return;
        }
        all.add(task);
        preference.executors().forEach(executor -> queue(byExecutor, executor).add(task));
        preference.hosts().forEach(host -> queue(byHost, host).add(task));
        preference.racks().forEach(rack -> queue(byRack, rack).add(task));
        if (!reachable.test(preference)) {
            free.add(task);
        }
    }

    /**
     * Takes the best task for this executor of those that are {@code admitted} there, or {@link #NONE} when what is left
     * should wait for a better place.
     */
    int poll(Executor executor, IntPredicate admitted, long now) {
        int task = poll(byExecutor.get(executor.id), admitted);
        if (task == NONE) {
            task = poll(byHost.get(executor.node().host()), admitted);
        }
        if (task != NONE) {
            waitingSince = now;
            return task;
        }
        task = poll(free, admitted);
        if (task == NONE && now >= rackFrom()) {
            task = poll(byRack.get(executor.rack()), admitted);
        }
        if (task == NONE && now >= anywhereFrom()) {
            task = poll(all, admitted);
        }
        return task;
    }

    boolean hasPreferences() {
        return !spec.preferences().isEmpty() || asksForBlocks();
    }

    /** Whether preferences change with what executors hold. */
    boolean asksForBlocks() {
        return !spec.blocks().isEmpty();
    }

    /** When its waiting tasks take the next worse place. */
    long nextChoice(long now) {
        return now < rackFrom() ? rackFrom() : now < anywhereFrom() ? anywhereFrom() : Long.MAX_VALUE;
    }

    /** When any executor will do. */
    long anywhereFrom() {
        return waitingSince + waitNanos;
    }

    private long rackFrom() {
        return waitingSince + waitNanos / 2;
    }

    /** How many pending tasks would rather run on each host. */
    SortedMap<String, Integer> wishedHosts() {
        return wished(byHost);
    }

    SortedMap<String, Integer> wishedRacks() {
        return wished(byRack);
    }

    private static SortedMap<String, Integer> wished(SortedMap<String, IntQueue> queues) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        queues.forEach((place, queue) -> {
            if (!queue.isEmpty()) {
                counts.put(place, queue.size());
            }
        });
        return counts;
    }

    private Preference preference(int task) {
        if (asksForBlocks()) {
            for (Block block : spec.kept().asked(task)) {
                if (blocks.isHeld(block)) {
                    return near(blocks.holders(block));
                }
            }
        }
        List<Preference> each = spec.preferences();
        return each.isEmpty() ? Preference.NONE : each.get(task);
    }

    /** The executors that hold a block, then their nodes. */
    private static Preference near(List<Executor> holders) {
        return new Preference(
                holders.stream().map(holder -> holder.id).toList(),
                holders.stream().map(holder -> holder.node().host()).distinct().toList(),
                List.of());
    }

    private static <P> IntQueue queue(Map<P, IntQueue> queues, P place) {
        return queues.computeIfAbsent(place, absent -> new IntQueue());
    }

    /** Tasks that may not run there go to the end of the queue. */
    private int poll(@Nullable IntQueue queue, IntPredicate admitted) {
        for (int left = queue == null ? 0 : queue.size(); queue != null && left > 0; left--) {
            int task = queue.remove();
            if (tasks.state(task) == TaskState.PENDING) {
                if (admitted.test(task)) {
                    return task;
                }
                queue.add(task);
            }
        }
        return NONE;
    }
}
