package io.raddle.executor;

import io.raddle.broadcast.BroadcastName;
import io.raddle.broadcast.BroadcastScope;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.pipeline.UserFailure;
import io.raddle.proto.AccumulatorUpdate;
import io.raddle.proto.TaskResult;
import io.raddle.scope.CurrentTask;
import io.raddle.shared.Accumulator;
import io.raddle.shared.AccumulatorScope;
import io.raddle.shared.AccumulatorUpdates;
import io.raddle.shared.TaskCompletionListener;
import io.raddle.shared.TaskContext;
import io.raddle.shared.TaskFailureListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt while it runs, as user code and what it captured see it. Belongs to the task's thread. */
final class RunningTask implements TaskContext, AccumulatorScope, BroadcastScope {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    private final TaskAttempt attempt;
    private final ExecutorIdentity executor;
    private final BroadcastScope broadcasts;
    private final long maxUpdateBytes;
    private final Map<Integer, Accumulator<?, ?>> accumulators = new TreeMap<>();
    private final Deque<TaskCompletionListener> completionListeners = new ArrayDeque<>();
    private final Deque<TaskFailureListener> failureListeners = new ArrayDeque<>();
    private final List<AccumulatorUpdate> updates = new ArrayList<>();
    private boolean finished;

    RunningTask(TaskAttempt attempt, ExecutorIdentity executor, BroadcastScope broadcasts, long maxUpdateBytes) {
        this.attempt = attempt;
        this.executor = executor;
        this.broadcasts = broadcasts;
        this.maxUpdateBytes = maxUpdateBytes;
    }

    /** Runs the task; its result carries what it added to accumulators. */
    TaskResult run(Callable<TaskResult> body) throws Exception {
        return CurrentTask.during(this, () -> {
            try {
                TaskResult result = body.call();
                if (!finished) {
                    finish();
                }
                return updates.isEmpty()
                        ? result
                        : result.toBuilder().addAllUpdates(updates).build();
            } catch (Throwable thrown) {
                failed(thrown);
                throw thrown;
            }
        });
    }

    /** All records were computed: before a task publishes, since nothing may fail afterwards. */
    void finish() {
        finished = true;
        try {
            while (!completionListeners.isEmpty()) {
                completionListeners.pop().onTaskCompletion(this);
            }
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
        accumulators.forEach(
                (id, accumulator) -> AccumulatorUpdates.encode(id, accumulator).ifPresent(updates::add));
        long bytes =
                updates.stream().mapToLong(AccumulatorUpdate::getSerializedSize).sum();
        if (bytes > maxUpdateBytes) {
            throw new RaddleException(new Cause.LimitExceeded(
                    "A task added " + (bytes >> 10) + " KiB to accumulators, of at most " + (maxUpdateBytes >> 10)
                            + " KiB.",
                    Keys.ACCUMULATOR_MAX.name()));
        }
    }

    private void failed(Throwable thrown) {
        if (thrown instanceof VirtualMachineError) {
            return;
        }
        Throwable origin = thrown instanceof UserFailure && thrown.getCause() != null ? thrown.getCause() : thrown;
        while (!failureListeners.isEmpty()) {
            TaskFailureListener listener = failureListeners.pop();
            quietly(() -> listener.onTaskFailure(this, origin));
        }
        while (!completionListeners.isEmpty()) {
            TaskCompletionListener listener = completionListeners.pop();
            quietly(() -> listener.onTaskCompletion(this));
        }
    }

    /** Something of a listener's that must not hide why the task failed. */
    private interface Hearing {
        void hear() throws Exception;
    }

    private void quietly(Hearing hearing) {
        try {
            hearing.hear();
        } catch (Exception | LinkageError e) {
            LOG.warn("A listener of {} threw when the task had failed", attempt.id(), e);
        }
    }

    @Override
    public Accumulator<?, ?> local(int id, Accumulator<?, ?> zero) {
        Accumulator<?, ?> known = accumulators.putIfAbsent(id, zero);
        return known == null ? zero : known;
    }

    @Override
    public @Nullable Object value(BroadcastName name) {
        return broadcasts.value(name);
    }

    @Override
    public int stageId() {
        return attempt.id().stage().number();
    }

    @Override
    public int partitionId() {
        return attempt.id().partition();
    }

    @Override
    public int attemptNumber() {
        return attempt.id().attempt();
    }

    @Override
    public int executorId() {
        return executor.id().number();
    }

    @Override
    public String host() {
        return executor.host();
    }

    @Override
    public boolean isInterrupted() {
        return attempt.killSwitch().cause() != null;
    }

    @Override
    public void addTaskCompletionListener(TaskCompletionListener listener) {
        completionListeners.push(listener);
    }

    @Override
    public void addTaskFailureListener(TaskFailureListener listener) {
        failureListeners.push(listener);
    }
}
