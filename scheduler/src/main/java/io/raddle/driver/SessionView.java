package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.ShuffleId;
import io.raddle.io.OutputJob;
import io.raddle.io.SplitSize;
import io.raddle.plan.Engine;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRun;
import io.raddle.plan.Lineage;
import io.raddle.proto.Artifact;
import io.raddle.serde.RecordFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;

/** An engine as one session has it: its close ends the session, and what else that ends the host says. Thread-safe. */
final class SessionView implements Engine {
    private final Engine engine;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    SessionView(Engine engine, Runnable onClose) {
        this.engine = engine;
        this.onClose = onClose;
    }

    @Override
    public int defaultPartitions() {
        return engine.defaultPartitions();
    }

    @Override
    public Configuration hadoop() {
        return engine.hadoop();
    }

    @Override
    public SplitSize textSplits() {
        return engine.textSplits();
    }

    @Override
    public OutputJob output(String directory) {
        return engine.output(directory);
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
    public Artifact publish(String name, ByteString content) {
        return engine.publish(name, content);
    }

    @Override
    public JobRun start(JobRequest job) {
        if (closed.get()) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The session is closed, so nothing can run.", "Call actions before close(), or open another."));
        }
        return engine.start(job);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
