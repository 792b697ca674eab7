package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.ShuffleId;
import io.raddle.io.OutputJob;
import io.raddle.io.OutputMaker;
import io.raddle.io.SplitSize;
import io.raddle.plan.Engine;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRun;
import io.raddle.plan.KnownJob.State;
import io.raddle.plan.Lineage;
import io.raddle.plan.Operation;
import io.raddle.plan.SessionJobs;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.Artifact;
import io.raddle.proto.Definitions;
import io.raddle.proto.Storage;
import io.raddle.serde.RecordFormat;
import io.raddle.shared.Accumulator;
import io.raddle.shared.Broadcast;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * An engine as one session has it, with the session's own configuration: its close cancels the session's jobs, and what
 * else that ends the host says. Thread-safe.
 */
final class SessionView implements Engine {
    private final DriverEngine engine;
    private final io.raddle.config.Configuration configuration;
    private final Runnable onClose;
    private final SessionJobs jobs;
    private final Set<JobRun> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    SessionView(
            DriverEngine engine,
            io.raddle.config.Configuration configuration,
            Supplier<ApplicationStatus> status,
            Runnable onClose) {
        this.jobs = new SessionJobs(status);
        this.engine = engine;
        this.configuration = configuration;
        this.onClose = onClose;
    }

    @Override
    public int defaultPartitions() {
        return givenPartitions().orElse(Math.max(2, engine.slots()));
    }

    @Override
    public OptionalInt givenPartitions() {
        int given = configuration.get(Keys.DEFAULT_PARALLELISM);
        return given > 0 ? OptionalInt.of(given) : OptionalInt.empty();
    }

    @Override
    public Configuration hadoop() {
        return engine.hadoop();
    }

    @Override
    public SplitSize textSplits() {
        return new SplitSize(configuration.get(Keys.TEXT_SPLIT_MIN), configuration.get(Keys.TEXT_SPLIT_MAX));
    }

    @Override
    public OutputJob output(String directory) {
        return engine.output(directory);
    }

    @Override
    public OutputMaker maker() {
        return engine.maker();
    }

    @Override
    public RecordFormat records() {
        return engine.records();
    }

    @Override
    public int nextNode() {
        return engine.nextNode();
    }

    @Override
    public ShuffleId nextShuffle() {
        return engine.nextShuffle();
    }

    @Override
    public void track(Lineage node) {
        engine.track(node);
    }

    @Override
    public void persist(Lineage node, Storage level) {
        engine.storages().persist(node, level);
    }

    @Override
    public Runnable unpersist(Lineage node) {
        return engine.storages().unpersist(node);
    }

    @Override
    public boolean replace(Lineage node, Operation source) {
        return engine.replace(node, source);
    }

    @Override
    public Artifact publish(String name, ByteString content) {
        return engine.publish(name, content);
    }

    @Override
    public void define(Definitions classes) {
        engine.define(classes);
    }

    @Override
    public void addJar(String name, ByteString content) {
        engine.addJar(name, content);
    }

    @Override
    public <T> Broadcast<T> broadcast(T value, CallSite site) {
        return engine.broadcast(value, site);
    }

    @Override
    public void keep(ByteString frozen, List<Object> owners) {
        engine.keep(frozen, owners);
    }

    @Override
    public void register(Accumulator<?, ?> accumulator, String name) {
        engine.accumulators().register(accumulator, name);
    }

    @Override
    public JobRun start(JobRequest job) {
        if (closed.get()) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The session is closed, so nothing can run.", "Call actions before close(), or open another."));
        }
        JobRun started = engine.start(jobs.labelled(job), configuration);
        running.add(started);
        jobs.started(started, job.site());
        if (closed.get()) {
            cancel(started);
        }
        return new Run(started);
    }

    @Override
    public SessionJobs jobs() {
        return jobs;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            running.forEach(SessionView::cancel);
            onClose.run();
        }
    }

    private static void cancel(JobRun job) {
        job.cancel("the close of its session");
    }

    /** A job of this session, until the thread that started it leaves it. */
    private final class Run implements JobRun {
        private final JobRun job;

        Run(JobRun job) {
            this.job = job;
        }

        @Override
        public Optional<PartitionValue> next() {
            Optional<PartitionValue> next;
            try {
                next = job.next();
            } catch (RuntimeException e) {
                jobs.ended(job, State.FAILED);
                throw e;
            }
            if (next.isEmpty()) {
                engine.accumulators().settle();
                jobs.ended(job, State.SUCCEEDED);
            }
            return next;
        }

        @Override
        public int id() {
            return job.id();
        }

        @Override
        public List<Integer> stages() {
            return job.stages();
        }

        @Override
        public void cancel(String by) {
            job.cancel(by);
        }

        @Override
        public void close() {
            running.remove(job);
            jobs.ended(job, State.FAILED);
            job.close();
        }
    }
}
