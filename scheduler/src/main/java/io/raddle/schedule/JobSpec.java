package io.raddle.schedule;

import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A job: its stages so that each comes after those whose shuffles it reads, the result stage last. A stage whose shuffle
 * an earlier job brought is that job's stage: it keeps its id, and what is already computed of it is not computed again.
 *
 * @param pool with which other jobs it shares its part of the executors
 */
public record JobSpec(JobId id, List<StageSpec> stages, JobPool pool) {
    public JobSpec {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException(id + " has no stage");
        }
        Set<ShuffleId> written = new LinkedHashSet<>();
        StageSpec result = stages.get(stages.size() - 1);
        for (StageSpec stage : stages) {
            if (!written.containsAll(stage.inputs())) {
                throw new IllegalArgumentException(
                        id + ": " + stage.id() + " reads " + stage.inputs() + ", which no stage before it writes");
            }
            if (stage.output().isEmpty() != stage.equals(result)) {
                throw new IllegalArgumentException(
                        id + ": the last stage, and only the last, is without an output; look at " + stage.id());
            }
            stage.output().ifPresent(written::add);
        }
    }

    StageSpec result() {
        return stages.get(stages.size() - 1);
    }
}
