package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.function.ActionFunction;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRequest.Partitions;
import io.raddle.plan.JobRun;
import io.raddle.plan.JobRun.PartitionValue;
import io.raddle.plan.Lineage;
import io.raddle.plan.Sink;
import io.raddle.serde.RecordFormat;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function over each partition with its closure frozen and its place in the program noted, so that it can run later,
 * on any thread and more than once. Immutable.
 */
final class PreparedAction<R> {
    private final Session session;
    private final Lineage lineage;
    private final ByteString function;
    private final CallSite site;
    private final RecordFormat format;

    private PreparedAction(Rdd<?> rdd, ByteString function, CallSite site) {
        this.session = rdd.session;
        this.lineage = rdd.lineage;
        this.function = function;
        this.site = site;
        this.format = session.engine().records();
    }

    static <T, R> PreparedAction<R> of(Rdd<?> rdd, ActionFunction<T, R> function) {
        CallSite site = CallSite.here();
        return new PreparedAction<>(rdd, rdd.session.freeze(function, site), site);
    }

    Partitions all() {
        return new Partitions(0, lineage.partitions());
    }

    JobRun start(Partitions partitions) {
        return session.start(new JobRequest(lineage, partitions, new Sink.Value(function), site.toString()));
    }

    /** What the function makes of each partition, in their order. */
    List<R> values(Partitions partitions) {
        return values(partitions, this::start);
    }

    /** The same of a job that {@code starter} starts. */
    @SuppressWarnings("unchecked")
    List<R> values(Partitions partitions, Function<Partitions, JobRun> starter) {
        @Nullable Object[] values = new Object[partitions.count()];
        try (JobRun job = starter.apply(partitions)) {
            Optional<PartitionValue> next = job.next();
            while (next.isPresent()) {
                values[next.get().partition() - partitions.first()] = value(next.get());
                next = job.next();
            }
        }
        return (List<R>) Collections.unmodifiableList(Arrays.asList(values));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a value may be null when the program says so
    R value(PartitionValue value) {
        return (R) format.fromBytes(value.value().toByteArray());
    }
}
