package io.raddle.schedule;

import io.raddle.id.JobId;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.Lifecycles.TaskState;
import io.raddle.schedule.Progress.ExecutorView;
import io.raddle.schedule.Progress.JobView;
import io.raddle.schedule.Progress.StageView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes the copies that observers read, and remembers a bounded number of stages that are retired. */
final class Observation {
    private final Stages stages;
    private final Jobs jobs;
    private final Executors executors;
    private final Deque<StageView> retired = new ArrayDeque<>();
    private long retiredTasksDone;

    Observation(Stages stages, Jobs jobs, Executors executors) {
        this.stages = stages;
        this.jobs = jobs;
        this.executors = executors;
    }

    void retired(Stage stage) {
        retiredTasksDone += stage.tasks.count(TaskState.DONE);
        retired.add(view(stage));
        if (retired.size() > Progress.REMEMBERED) {
            retired.remove();
        }
    }

    Progress progress() {
        List<StageView> views = new ArrayList<>(retired);
        long done = retiredTasksDone;
        long known = retiredTasksDone;
        int idle = 0;
        for (Stage stage : stages.all()) {
            done += stage.tasks.count(TaskState.DONE);
            known += stage.isWanted() ? stage.tasks.size() : stage.tasks.count(TaskState.DONE);
            if (stage.isWanted() || (stage.rounds() > 0 && idle++ < Progress.REMEMBERED)) {
                views.add(view(stage));
            }
        }
        List<JobView> jobViews = new ArrayList<>();
        jobs.ended().forEach(job -> jobViews.add(view(job)));
        jobs.running().forEach(job -> jobViews.add(view(job)));
        List<ExecutorView> executorViews =
                executors.all().stream().map(Observation::view).toList();
        return new Progress(jobViews, views, executorViews, done, known, jobs.succeeded());
    }

    private static JobView view(Job job) {
        return new JobView(job.id, job.life.state().name(), job.cause());
    }

    private static StageView view(Stage stage) {
        return new StageView(
                stage.id(),
                new JobId(stage.firstJob),
                stage.life.is(StageState.RETIRED) && !stage.tasks.allDone()
                        ? "ABANDONED"
                        : stage.life.state().name(),
                stage.rounds(),
                stage.tasks.size(),
                stage.tasks.count(TaskState.DONE),
                stage.tasks.active(),
                (int) stage.tasks.failedAttempts(),
                stage.startedNanos(),
                stage.endedNanos());
    }

    private static ExecutorView view(Executor executor) {
        return new ExecutorView(
                executor.id,
                executor.node(),
                executor.life.state().name(),
                executor.slots(),
                Math.min(executor.slots(), executor.underWay()),
                executor.kept());
    }
}
