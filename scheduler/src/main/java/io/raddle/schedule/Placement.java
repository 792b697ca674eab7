package io.raddle.schedule;

import io.raddle.schedule.Action.Launch;
import io.raddle.schedule.Lifecycles.TaskState;
import io.raddle.schedule.Speculation.Match;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which task runs where. One pass looks only at executors that regained room and stages that changed; it fills
 * free slots first, breadth first, then the queues of executors whose tasks are shorter than a round trip, then what is
 * still free with second attempts.
 */
final class Placement {
    private final Settings settings;
    private final Executors executors;
    private final Openings openings;
    private final Attempts attempts;
    private final Exclusions exclusions;
    private final Speculation speculation;
    private final Fleet fleet;
    private final List<Action> outbox;
    private final Map<Executor, List<Launch>> batches = new LinkedHashMap<>();
    private long nextChoice = Long.MAX_VALUE;

    Placement(
            Settings settings,
            Executors executors,
            Openings openings,
            Attempts attempts,
            Exclusions exclusions,
            Speculation speculation,
            Fleet fleet,
            List<Action> outbox) {
        this.settings = settings;
        this.executors = executors;
        this.openings = openings;
        this.attempts = attempts;
        this.exclusions = exclusions;
        this.speculation = speculation;
        this.fleet = fleet;
        this.outbox = outbox;
    }

    void pass(long now) {
        if (now >= nextChoice) {
            openings.offerAll();
        }
        List<Executor> offers = openings.takeOffers(executors.all());
        if (offers.isEmpty()) {
            return;
        }
        List<Stage> stages = openings.stages();
        if (new Turns(stages).areShared()) {
            shareSlots(new Turns(stages), offers, now);
            shareQueues(stages, offers, now);
        } else {
            fillSlots(stages, offers, now);
            stages.forEach(stage -> fillQueues(stage, offers, now));
        }
        placeSecondAttempts(offers, now);
        nextChoice = nextChoice(stages, now);
        batches.forEach(this::send);
        batches.clear();
    }

    private void fillSlots(List<Stage> stages, List<Executor> offers, long now) {
        List<Executor> idle = new ArrayList<>(offers);
        for (Stage stage : stages) {
            idle.removeIf(executor -> executor.freeSlots() == 0);
            if (idle.isEmpty()) {
                return;
            }
            fillSlots(stage, idle, now);
        }
    }

    private void fillSlots(Stage stage, List<Executor> idle, long now) {
        List<Executor> candidates = new ArrayList<>(idle);
        while (!candidates.isEmpty()) {
            int kept = 0;
            for (Executor executor : candidates) {
                if (stage.tasks.count(TaskState.PENDING) == 0) {
                    return;
                }
                if (placed(stage, executor, now) && executor.freeSlots() > 0) {
                    candidates.set(kept++, executor);
                }
            }
            candidates.subList(kept, candidates.size()).clear();
        }
    }

    private void fillQueues(Stage stage, List<Executor> offers, long now) {
        int perSlot = stage.tasksWithin(settings.lookAhead().toNanos(), settings.queueLimit());
        if (perSlot == 0) {
            return;
        }
        int everyone = Math.max(1, executors.all().size());
        for (Executor executor : offers) {
            int pending = stage.tasks.count(TaskState.PENDING);
            int share = (pending + everyone - 1) / everyone;
            int room = Math.min(settings.queueLimit(), perSlot * executor.slots()) - executor.queued();
            int most = executor.freeSlots() > 0 ? 0 : Math.min(room, share);
            int placed = 0;
            while (placed < most && placed(stage, executor, now)) {
                placed++;
            }
        }
    }

    /** Slot by slot, each for the pool that needs it most. */
    private void shareSlots(Turns turns, List<Executor> offers, long now) {
        Deque<Executor> idle = new ArrayDeque<>(offers);
        idle.removeIf(executor -> executor.freeSlots() == 0);
        Optional<Pool> pool = turns.next();
        while (pool.isPresent() && !idle.isEmpty()) {
            if (!placedSome(turns.stages(pool.get()), idle, now)) {
                turns.pass(pool.get());
            }
            pool = turns.next();
        }
    }

    private boolean placedSome(List<Stage> stages, Deque<Executor> idle, long now) {
        for (Stage stage : stages) {
            int tries = stage.tasks.count(TaskState.PENDING) == 0 ? 0 : idle.size();
            for (int left = tries; left > 0; left--) {
                Executor executor = idle.remove();
                boolean placed = placed(stage, executor, now);
                if (executor.freeSlots() > 0) {
                    idle.add(executor);
                }
                if (placed) {
                    return true;
                }
            }
        }
        return false;
    }

    private void shareQueues(List<Stage> stages, List<Executor> offers, long now) {
        List<Executor> open = new ArrayList<>(offers);
        while (!open.isEmpty()) {
            open.removeIf(executor -> executor.freeSlots() > 0 || !queuedOne(new Turns(stages), executor, now));
        }
    }

    private boolean queuedOne(Turns turns, Executor executor, long now) {
        for (Optional<Pool> pool = turns.next(); pool.isPresent(); pool = turns.next()) {
            for (Stage stage : turns.stages(pool.get())) {
                int perSlot = stage.tasksWithin(settings.lookAhead().toNanos(), settings.queueLimit());
                int room = Math.min(settings.queueLimit(), perSlot * executor.slots());
                if (executor.queued() < room && placed(stage, executor, now)) {
                    return true;
                }
            }
            turns.pass(pool.get());
        }
        return false;
    }

    private boolean placed(Stage stage, Executor executor, long now) {
        if (!exclusions.admits(stage, executor)) {
            return false;
        }
        int task = stage.pending.poll(executor, each -> exclusions.admits(stage, each, executor), now);
        if (task == PendingTasks.NONE) {
            return false;
        }
        batch(executor, attempts.start(stage, task, executor, now));
        return true;
    }

    private void placeSecondAttempts(List<Executor> offers, long now) {
        Optional<Match> match = speculation.next(offers);
        while (match.isPresent()) {
            batch(
                    match.get().place(),
                    attempts.compete(match.get().slow(), match.get().place(), now));
            match = speculation.next(offers);
        }
    }

    private void batch(Executor executor, Launch launch) {
        batches.computeIfAbsent(executor, absent -> new ArrayList<>()).add(launch);
    }

    private static long nextChoice(List<Stage> stages, long now) {
        long next = Long.MAX_VALUE;
        for (Stage stage : stages) {
            if (stage.pending.hasPreferences() && stage.tasks.count(TaskState.PENDING) > 0) {
                next = Math.min(next, stage.pending.nextChoice(now));
            }
        }
        return next;
    }

    private void send(Executor executor, List<Launch> launches) {
        for (int from = 0; from < launches.size(); from += settings.batchLimit()) {
            int to = Math.min(launches.size(), from + settings.batchLimit());
            outbox.add(new Action.LaunchBatch(executor.id, launches.subList(from, to)));
        }
    }

    /** Asks back tasks that have waited in a queue for longer than it was meant to hold, while a slot is free elsewhere. */
    void tick(long now) {
        if (!openings.stages().isEmpty()) {
            return;
        }
        long free = executors.all().stream()
                .filter(Executor::takesTasks)
                .mapToLong(Executor::freeSlots)
                .sum();
        if (free == 0) {
            return;
        }
        long before = now - 2 * settings.lookAhead().toNanos();
        for (Executor executor : executors.all()) {
            if (executor.queued() > 0 && executor.takesTasks()) {
                fleet.recall(executor, before);
            }
        }
    }
}
