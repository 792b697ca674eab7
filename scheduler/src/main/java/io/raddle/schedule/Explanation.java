package io.raddle.schedule;

import io.raddle.schedule.Lifecycles.ExecutorState;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in sentences why work waits. Reads the core's state and changes nothing. */
final class Explanation {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Stages stages;
    private final Executors executors;
    private final Demand demand;
    private final Exclusions exclusions;
    private final CommitLedger ledger;

    Explanation(Stages stages, Executors executors, Demand demand, Exclusions exclusions, CommitLedger ledger) {
        this.stages = stages;
        this.executors = executors;
        this.demand = demand;
        this.exclusions = exclusions;
        this.ledger = ledger;
    }

    List<String> sentences(long now) {
        List<String> sentences = new ArrayList<>();
        boolean tasksWait = false;
        for (Stage stage : stages.all()) {
            int pending = stage.tasks.count(TaskState.PENDING);
            if (stage.life.is(StageState.RUNNING) && pending > 0) {
                tasksWait = true;
                sentences.add(pending + " tasks of " + stage + " wait " + whyTasksWait(stage, now) + ".");
            } else if (stage.life.is(StageState.WAITING)) {
                sentences.add(whyStageWaits(stage));
            }
        }
        if (tasksWait && demand.asked() > 0) {
            sentences.add(demand.asked() + " containers are asked for"
                    + demand.refusal()
                            .map(cause -> "; the last answer was: " + cause.sentences())
                            .orElse(" and not granted yet."));
        }
        if (tasksWait) {
            sentences.addAll(exclusions.sentences());
        }
        if (ledger.anySilent()) {
            sentences.add("A task that may be publishing its output is on an executor that is not heard from.");
        }
        return sentences;
    }

    private String whyTasksWait(Stage stage, long now) {
        long attached = executors.count(ExecutorState.ATTACHED);
        long free = executors.all().stream()
                .filter(Executor::takesTasks)
                .mapToLong(Executor::freeSlots)
                .sum();
        if (attached == 0) {
            long starting = executors.count(ExecutorState.ALLOCATED);
            return starting == 0
                    ? "because there is no executor yet"
                    : "because none of " + starting + " starting executors has attached yet";
        }
        if (free == 0) {
            return "for a free slot on one of " + attached + " executors";
        }
        double seconds = (stage.pending.anywhereFrom() - now) / NANOS_PER_SECOND;
        return seconds > 0
                ? String.format(Locale.ROOT, "for a slot nearer to their data, at most %.1f s longer", seconds)
                : "for the next placement";
    }

    private static String whyStageWaits(Stage stage) {
        String missing = stage.inputs.stream()
                .filter(input -> !input.isDone())
                .limit(3)
                .map(input -> input.spec.output().orElseThrow() + " from " + input)
                .collect(Collectors.joining(", "));
        String more = stage.missingInputs() > 3 ? " and " + (stage.missingInputs() - 3) + " more" : "";
        String again = stage.rounds() > 0 ? " again, because outputs were lost" : "";
        return stage + " waits for " + missing + more + again + ".";
    }
}
