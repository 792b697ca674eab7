package io.raddle;

import io.raddle.plan.KnownJob;
import io.raddle.plan.SessionJobs;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.StageProgress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the jobs of a session and the executors of its application do now. Jobs are exact; stages and executors are at
 * most a tenth of a second old. Jobs and stages that ended are remembered for a while: the last 1000 jobs. Safe for all
 * threads.
 */
public final class StatusTracker {
    private final SessionJobs jobs;

    StatusTracker(SessionJobs jobs) {
        this.jobs = jobs;
    }

    /** The jobs of a group, by number. */
    public List<Integer> getJobIdsForGroup(String group) {
        return ids(job -> job.labels().group().equals(Optional.of(group)));
    }

    /** The jobs that belong to no group, by number. */
    public List<Integer> getJobIdsForNoGroup() {
        return ids(job -> job.labels().group().isEmpty());
    }

    /** The jobs that carry a tag, by number. */
    public List<Integer> getJobIdsForTag(String tag) {
        return ids(job -> job.labels().tags().contains(tag));
    }

    /** The jobs that run, by number. */
    public List<Integer> getActiveJobIds() {
        return ids(job -> job.state() == KnownJob.State.RUNNING);
    }

    /** The stages of which tasks run, by number. */
    public List<Integer> getActiveStageIds() {
        return jobs.status().getStagesList().stream()
                .filter(stage -> stage.getRunning() > 0)
                .map(StageProgress::getStage)
                .sorted()
                .toList();
    }

    /** A job, unless it is unknown or forgotten. */
    public Optional<JobInfo> getJobInfo(int jobId) {
        return jobs.jobs().stream()
                .filter(job -> job.id() == jobId)
                .map(job -> new JobInfo(
                        job.id(),
                        job.labels().description().orElse(job.site()),
                        JobInfo.Status.valueOf(job.state().name()),
                        job.stages()))
                .findFirst();
    }

    /** A stage, unless it has not begun or is forgotten. */
    public Optional<StageInfo> getStageInfo(int stageId) {
        return jobs.status().getStagesList().stream()
                .filter(stage -> stage.getStage() == stageId)
                .map(stage -> new StageInfo(
                        stage.getStage(),
                        stage.getStageAttempt(),
                        stage.getName(),
                        stage.getTasks(),
                        stage.getRunning(),
                        stage.getDone(),
                        stage.getFailed(),
                        stage.getElapsedMillis()))
                .findFirst();
    }

    /** The executors that are starting or attached. */
    public List<ExecutorInfo> getExecutorInfos() {
        ApplicationStatus now = jobs.status();
        return now.getExecutorsList().stream()
                .map(executor -> new ExecutorInfo(
                        executor.getExecutor(),
                        executor.getNode(),
                        executor.getSlots(),
                        executor.getRunning(),
                        executor.getResidentBytes(),
                        executor.getAttached(),
                        executor.getKeptPartitions()))
                .toList();
    }

    private List<Integer> ids(Predicate<KnownJob> which) {
        return jobs.jobs().stream().filter(which).map(KnownJob::id).toList();
    }
}
