package io.raddle.executor;

import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.AttemptId;
import io.raddle.proto.Recalled;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One thread for each task slot and the bounded queue that feeds them. An attempt is known here from its launch until
 * after its report was handed on. Thread-safe.
 */
final class Slots implements AutoCloseable {
    static final int MAX_QUEUED = 16_384;
    private static final long JOIN_MILLIS = 2_000;

    private final Conversation conversation;
    private final TaskRunner runner;
    private final Reports reports;
    private final Events events;
    private final ArrayBlockingQueue<TaskAttempt> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final ConcurrentHashMap<AttemptId, TaskAttempt> attempts = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** What others want to hear of; called by slot threads. */
    interface Events {
        /** No attempt is here any more. */
        void empty();

        /** A task found the memory of this process full. */
        void memoryFull();

        /** A slot's thread died of a defect. */
        void died(Throwable of);
    }

    Slots(Conversation conversation, TaskRunner runner, Reports reports, Events events) {
        this.conversation = conversation;
        this.runner = runner;
        this.reports = reports;
        this.events = events;
    }

    void start(String name, int count) {
        for (int slot = 1; slot <= count; slot++) {
            Thread thread = new Thread(this::serve, name + "-slot-" + slot);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Queues an attempt; one that is here already is left alone. */
    void launch(TaskLaunch launch) {
        TaskAttempt attempt = new TaskAttempt(launch);
        if (attempts.putIfAbsent(attempt.id(), attempt) == null && !queue.offer(attempt)) {
            refuse(attempt, new Cause.Cancelled("an executor whose queue of " + MAX_QUEUED + " tasks is full"));
        }
    }

    /** Ends an attempt, wherever it is. */
    void kill(AttemptId id, Cause why) {
        TaskAttempt attempt = attempts.get(id);
        if (attempt != null) {
            attempt.kill(why);
            if (queue.remove(attempt)) {
                refuse(attempt, why);
            }
        }
    }

    /** Gives an attempt back that has not begun; one that runs is left alone. */
    void recall(AttemptId id) {
        TaskAttempt attempt = attempts.get(id);
        if (attempt != null && queue.remove(attempt)) {
            end(attempt, TaskReport.newBuilder().setRecalled(Recalled.getDefaultInstance()));
        }
    }

    void killAll(Cause why) {
        attempts.keySet().forEach(id -> kill(id, why));
    }

    /** The attempts that are here, running ones included. */
    Collection<TaskAttempt> attempts() {
        return attempts.values();
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    /** Ends the threads; tasks that run are interrupted and not reported. */
    @Override
    public void close() {
        closed = true;
        killAll(new Cause.Cancelled("the end of their executor"));
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        for (Thread thread : threads) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                thread.join(Math.max(1, left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve() {
        try {
            while (!closed) {
                conversation.awaitRoom();
                serve(queue.take());
            }
        } catch (InterruptedException e) {
            // Only close() interrupts a slot between two tasks.
            closed = true;
        } catch (Throwable defect) {
            events.died(defect);
        }
    }

    private void serve(TaskAttempt attempt) {
        TaskReport report = runner.run(attempt);
        reports.add(report, queue.isEmpty());
        attempts.remove(attempt.id());
        if (report.getCause().hasOutOfMemory()) {
            events.memoryFull();
        }
        if (attempts.isEmpty()) {
            events.empty();
        }
    }

    private void refuse(TaskAttempt attempt, Cause why) {
        end(attempt, TaskReport.newBuilder().setCause(CauseCodec.encode(why)));
    }

    private void end(TaskAttempt attempt, TaskReport.Builder report) {
        reports.add(report.setAttempt(attempt.launch().getAttempt()).build(), true);
        attempts.remove(attempt.id());
        if (attempts.isEmpty()) {
            events.empty();
        }
    }
}
