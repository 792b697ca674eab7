package io.raddle.schedule;

import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import io.raddle.schedule.Census.Note;
import io.raddle.schedule.Lifecycles.JobState;
import io.raddle.schedule.Lifecycles.StageState;
import io.raddle.schedule.StageGraph.Doom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings jobs in, ends them, and retires the stages that nobody can ask for any more. */
final class Jobs {
    private final Settings settings;
    private final Stages stages;
    private final StageGraph graph;
    private final BlockIndex blocks;
    private final Copies copies;
    private final Census census;
    private final List<Action> outbox;
    private final Map<JobId, Job> running = new LinkedHashMap<>();
    private final Map<StageId, Job> byResult = new LinkedHashMap<>();
    private final Deque<Job> ended = new ArrayDeque<>();
    private final Pools pools = new Pools();
    private final Consumer<Stage> retired;
    private int succeeded;

    /** {@code retired} is told of each stage that goes. */
    Jobs(
            Settings settings,
            Stages stages,
            StageGraph graph,
            BlockIndex blocks,
            Copies copies,
            Census census,
            List<Action> outbox,
            Consumer<Stage> retired) {
        this.settings = settings;
        this.stages = stages;
        this.graph = graph;
        this.blocks = blocks;
        this.copies = copies;
        this.census = census;
        this.outbox = outbox;
        this.retired = retired;
    }

    void submit(JobSpec spec) {
        if (running.containsKey(spec.id())) {
            census.note(Note.LATE_EVENT);
            return;
        }
        List<Stage> mine = new ArrayList<>();
        for (StageSpec stage : spec.stages()) {
            mine.add(stage.output().map(stages::writing).orElseGet(() -> create(stage, spec.id())));
        }
        Pool pool = pools.of(spec.pool());
        mine.stream().filter(stage -> !stage.isUsed()).forEach(stage -> pools.enter(stage, pool));
        mine.forEach(Stage::joined);
        Job job = new Job(spec.id(), mine);
        running.put(job.id, job);
        byResult.put(job.result().id(), job);
        graph.demand(job.result());
    }

    private Stage create(StageSpec spec, JobId job) {
        List<Stage> inputs = spec.inputs().stream().map(this::writing).toList();
        Stage stage = new Stage(spec, job.number(), inputs, blocks, settings, census);
        stages.add(stage);
        copies.want(spec.kept().copies());
        return stage;
    }

    private Stage writing(ShuffleId shuffle) {
        Stage stage = stages.writing(shuffle);
        if (stage == null) {
            throw new IllegalStateException("nobody writes " + shuffle);
        }
        return stage;
    }

    void cancel(JobId id, Cause cause, long now) {
        Job job = running.get(id);
        if (job == null) {
            census.note(Note.LATE_EVENT);
            return;
        }
        outbox.add(new Action.FailJob(id, cause));
        end(job, JobState.CANCELLED, Optional.of(cause), now);
    }

    /** Fails every job, as when no executor can be had. */
    void failAll(Cause cause) {
        running.values().forEach(job -> graph.doom(job.result(), cause));
    }

    /** Lets stages advance and jobs end until nothing changes any more. */
    void advance(long now) {
        graph.advance(now);
        while (!graph.dooms().isEmpty() || !graph.results().isEmpty()) {
            if (!graph.dooms().isEmpty()) {
                fail(graph.dooms().remove(), now);
            } else {
                complete(graph.results().remove(), now);
            }
            graph.advance(now);
        }
    }

    private void fail(Doom doom, long now) {
        for (Stage result : StageGraph.waitingResults(doom.stage())) {
            Job job = byResult.get(result.id());
            if (job != null) {
                outbox.add(new Action.FailJob(job.id, doom.cause()));
                end(job, JobState.FAILED, Optional.of(doom.cause()), now);
            }
        }
    }

    private void complete(Stage result, long now) {
        Job job = byResult.get(result.id());
        if (job != null) {
            succeeded++;
            outbox.add(new Action.CompleteJob(job.id));
            end(job, JobState.SUCCEEDED, Optional.empty(), now);
        }
    }

    private void end(Job job, JobState state, Optional<Cause> cause, long now) {
        job.end(state, cause, census);
        running.remove(job.id);
        byResult.remove(job.result().id());
        ended.add(job);
        if (ended.size() > Progress.REMEMBERED) {
            ended.remove();
        }
        for (int i = job.stages.size() - 1; i >= 0; i--) {
            Stage stage = job.stages.get(i);
            stage.left();
            graph.abandon(stage, now);
            if (!stage.isUsed()) {
                pools.leave(stage);
            }
            if (stage.isResult()) {
                retire(stage);
            }
        }
        job.stages.forEach(this::retireReleased);
    }

    void release(ShuffleId shuffle) {
        Stage stage = stages.writing(shuffle);
        if (stage == null) {
            census.note(Note.LATE_EVENT);
            return;
        }
        stage.release();
        retireReleased(stage);
    }

    private void retireReleased(Stage stage) {
        if (stage.isReleased() && !stage.isUsed() && !stage.life.is(StageState.RETIRED)) {
            retire(stage);
            stage.spec.output().ifPresent(shuffle -> outbox.add(new Action.DropShuffle(shuffle)));
        }
    }

    private void retire(Stage stage) {
        if (stage.isDone()) {
            stage.consumers.forEach(Stage::inputLost);
        }
        stage.life.become(StageState.RETIRED, census);
        stages.remove(stage);
        retired.accept(stage);
    }

    Collection<Job> running() {
        return running.values();
    }

    Collection<Job> ended() {
        return ended;
    }

    int succeeded() {
        return succeeded;
    }
}
