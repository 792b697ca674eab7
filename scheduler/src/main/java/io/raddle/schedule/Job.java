package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.schedule.Lifecycles.JobState;
import java.util.List;
import java.util.Optional;

/** One action of the user: the stages it may need, the result stage last. */
final class Job {
    final JobId id;
    final List<Stage> stages;
    final Life<JobState> life;
    private Optional<Cause> cause = Optional.empty();

    Job(JobId id, List<Stage> stages) {
        this.id = id;
        this.stages = List.copyOf(stages);
        life = new Life<>(Lifecycles.JOB, id, JobState.RUNNING);
    }

    Stage result() {
        return stages.get(stages.size() - 1);
    }

    boolean isRunning() {
        return life.is(JobState.RUNNING);
    }

    Optional<Cause> cause() {
        return cause;
    }

    void end(JobState state, Optional<Cause> why, Census census) {
        life.become(state, census);
        cause = why;
    }
}
