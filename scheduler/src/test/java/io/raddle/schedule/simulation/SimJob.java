package io.raddle.schedule.simulation;

import io.raddle.id.JobId;
import io.raddle.schedule.JobPool;
import io.raddle.schedule.JobSpec;
import java.util.List;

/** A job with what its stages compute. */
record SimJob(JobId id, List<SimStage> stages, JobPool pool) {
    JobSpec spec() {
        return new JobSpec(id, stages.stream().map(stage -> stage.spec).toList(), pool);
    }

    SimStage result() {
        return stages.get(stages.size() - 1);
    }

    boolean poisoned() {
        return stages.stream().anyMatch(stage -> stage.poisoned >= 0);
    }
}
