package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.raddle.block.BlockStore;
import io.raddle.block.Checkpoint;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.function.ActionFunction;
import io.raddle.io.TaskOutput;
import io.raddle.memory.MemoryBudget;
import io.raddle.memory.TaskMemory;
import io.raddle.pipeline.StagePipeline;
import io.raddle.pipeline.UserFailure;
import io.raddle.proto.Output;
import io.raddle.proto.StagePlan;
import io.raddle.proto.TaskReport;
import io.raddle.proto.TaskResult;
import io.raddle.transfer.BlockClient;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/** Runs one attempt on the calling thread, from its plan to its report. Thread-safe; no state of a task stays here. */
final class TaskRunner {
    static final int MAX_INLINE_RESULT_BYTES = 1 << 20;

    private final Plans plans;
    private final Applications applications;
    private final Artifacts artifacts;
    private final HadoopSettings settings;
    private final Shuffles shuffles;
    private final MemoryBudget budget;
    private final BlockStore blocks;
    private final BlockClient others;
    private final CommitDesk commits;
    private final SharedValues shared;
    private final ResultPush push;
    private final Failures failures;

    TaskRunner(
            Plans plans,
            Applications applications,
            Artifacts artifacts,
            HadoopSettings settings,
            Shuffles shuffles,
            MemoryBudget budget,
            BlockStore blocks,
            BlockClient others,
            CommitDesk commits,
            SharedValues shared,
            ResultPush push,
            Failures failures) {
        this.plans = plans;
        this.applications = applications;
        this.artifacts = artifacts;
        this.settings = settings;
        this.shuffles = shuffles;
        this.budget = budget;
        this.blocks = blocks;
        this.others = others;
        this.commits = commits;
        this.shared = shared;
        this.push = push;
        this.failures = failures;
    }

    /** Runs it; whatever it throws is in the report. */
    TaskReport run(TaskAttempt attempt) {
        TaskCounters counters = new TaskCounters();
        TaskReport.Builder report =
                TaskReport.newBuilder().setAttempt(attempt.launch().getAttempt());
        attempt.begin();
        try {
            attempt.killSwitch().check();
            TaskResult result = compute(attempt, counters);
            if (!result.getCommitted()) {
                // User code may have swallowed the error that its exit ended in.
                attempt.killSwitch().check();
            }
            report.setResult(result);
        } catch (Throwable thrown) {
            Cause killed = attempt.killSwitch().cause();
            report.setCause(killed == null ? failures.messageOf(thrown) : CauseCodec.encode(killed));
        } finally {
            attempt.end();
        }
        return report.setMetrics(counters.metrics()).build();
    }

    private TaskResult compute(TaskAttempt attempt, TaskCounters counters) throws Exception {
        StagePipeline pipeline = plans.pipeline(attempt.launch().getPlanSha256());
        Application application = applications.of(pipeline.plan());
        RunningTask task = shared.task(attempt, application);
        return application.call(
                () -> task.run(() -> compute(attempt, pipeline, application, counters, task)),
                code -> attempt.kill(new Cause.UserExit(code)));
    }

    private TaskResult compute(
            TaskAttempt attempt,
            StagePipeline pipeline,
            Application application,
            TaskCounters counters,
            RunningTask task)
            throws Exception {
        StagePlan plan = pipeline.plan();
        try (TaskMemory memory = budget.openTask()) {
            TaskSources sources = new TaskSources(
                    attempt, application, artifacts, settings, shuffles, blocks, others, memory, counters);
            Iterator<?> records =
                    pipeline.open(attempt.launch().getPartition(), sources, application, attempt.killSwitch());
            try {
                return switch (plan.getSinkCase()) {
                    case SHUFFLE_WRITE ->
                        TaskResult.newBuilder()
                                .setMapOutput(shuffles.write(
                                        plan.getShuffleWrite(), attempt, application, memory, counters, records))
                                .build();
                    case ACTION -> act(attempt, plan, application, records, counters);
                    case OUTPUT -> write(attempt, plan.getOutput(), application, records, counters, task);
                    case CHECKPOINT -> checkpoint(attempt, plan.getCheckpoint(), application, records, counters);
                    default -> throw new IllegalArgumentException("a plan ends in " + plan.getSinkCase());
                };
            } finally {
                counters.memory(memory.peakBytes(), memory.spilledBytes());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private TaskResult act(
            TaskAttempt attempt, StagePlan plan, Application application, Iterator<?> records, TaskCounters counters)
            throws InterruptedException {
        ActionFunction<Object, Object> action = (ActionFunction<Object, Object>)
                application.decode(plan.getAction().getFunction());
        Object value;
        try {
            value = action.call((Iterator<Object>) records);
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
        byte[] result = application.format().toBytes(value);
        counters.out(1, result.length);
        if (result.length <= MAX_INLINE_RESULT_BYTES) {
            return TaskResult.newBuilder()
                    .setInline(ByteString.copyFrom(result))
                    .build();
        }
        push.push(attempt.launch().getAttempt(), result);
        return TaskResult.newBuilder().setPushedBytes(result.length).build();
    }

    private TaskResult write(
            TaskAttempt attempt,
            Output output,
            Application application,
            Iterator<?> records,
            TaskCounters counters,
            RunningTask task)
            throws IOException, InterruptedException {
        var configuration = settings.copy(output.getConfigurationMap(), application.loader());
        try (TaskOutput out = TaskOutput.open(output, attempt.id(), configuration, application.format())) {
            long count = 0;
            while (records.hasNext()) {
                out.write(records.next());
                count++;
            }
            out.finish();
            task.finish();
            commits.ask(attempt.id(), attempt.launch().getAttempt());
            attempt.publish();
            out.commit();
            counters.out(count, out.bytesWritten());
        }
        return TaskResult.newBuilder().setCommitted(true).build();
    }

    private TaskResult checkpoint(
            TaskAttempt attempt,
            io.raddle.proto.Checkpoint target,
            Application application,
            Iterator<?> records,
            TaskCounters counters)
            throws InterruptedException {
        var configuration = settings.with(Map.of(), application.loader());
        long bytes = new Checkpoint(target.getPath())
                .write(attempt.id(), configuration, application.format(), records, () -> {
                    commits.ask(attempt.id(), attempt.launch().getAttempt());
                    attempt.publish();
                });
        counters.out(0, bytes);
        return TaskResult.newBuilder().setCommitted(true).build();
    }
}
