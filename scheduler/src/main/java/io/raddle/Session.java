package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.closure.NotShippable;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.io.TextSplits;
import io.raddle.plan.Engine;
import io.raddle.plan.InputSplit;
import io.raddle.plan.JobLabels;
import io.raddle.plan.Lineage;
import io.raddle.plan.SessionProvider;
import io.raddle.proto.Split;
import io.raddle.serde.RecordWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way into Raddle: makes {@link Rdd}s of files and collections. Its jobs run on the executors of one application.
 * Safe for all threads: jobs of several threads run side by side.
 *
 * <pre>{@code
 * try (Session session = Session.builder().name("word count").build()) {
 *     session.textFile(args[0])
 *             .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
 *             .mapToPair(word -> Pair.of(word, 1L))
 *             .reduceByKey(Long::sum)
 *             .saveAsTextFile(args[1]);
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable, NotShippable {
    /** A slice of a collection that is larger than this travels as an artifact. */
    private static final int INLINE_SLICE_BYTES = 64 << 10;

    private final String name;
    private final Engine engine;
    private final AsyncActions async = new AsyncActions();

    private Session(String name, Engine engine) {
        this.name = name;
        this.engine = engine;
    }

    /** Begins to describe a session. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a session is to be; {@link #build} opens it. */
    public static final class Builder {
        private final Map<String, String> configuration = new LinkedHashMap<>();
        private String name = "Raddle";
        private String master = System.getProperty("raddle.master", "local[*]");

        private Builder() {}

        /** The application's name, for people. YARN shows a program that was submitted by the name of the submit. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /**
         * Where executors run: {@code local}, {@code local[N]} or {@code local[*]} in this process. A program that was
         * submitted runs where it was submitted to, whatever it says here.
         */
        public Builder master(String value) {
            master = value;
            return this;
        }

        /**
         * Sets one key of the configuration; an unknown key is refused by {@link #build}. What yarn-submit was given
         * prevails. The executors of a program that was submitted exist before it runs, so only {@code
         * raddle.default.parallelism}, {@code raddle.task.max.attempts}, {@code raddle.text.split.min}, {@code
         * raddle.text.split.max} and {@code raddle.result.max} can be set there; a warning names others.
         */
        public Builder config(String key, String value) {
            configuration.put(key, value);
            return this;
        }

        /** Opens the session. */
        public Session build() {
            SessionProvider provider = SessionProvider.find(master)
                    .orElseThrow(
                            () -> new RaddleException(
                                    new Cause.InvalidInput(
                                            "There is no master \"" + master + "\" for a program that runs by itself.",
                                            "Use local[*], or yarn with Raddle's client jars on the class path, or submit the program with yarn-submit.")));
            return new Session(name, provider.open(name, master, configuration));
        }
    }

    /** The application's name. */
    public String name() {
        return name;
    }

    /**
     * How many partitions an Rdd has when nobody says and no input does: {@code raddle.default.parallelism}, or where that
     * is not set the number of executor cores and at least 2. Once it is set, it also is what every operation that moves
     * records makes when it is told no number; unset, these make as many as their largest input has.
     */
    public int defaultParallelism() {
        return engine.defaultPartitions();
    }

    /** An Rdd of the records of a list, which is copied now, in {@link #defaultParallelism} partitions. */
    public <T> Rdd<T> parallelize(List<T> records) {
        return parallelize(records, defaultParallelism());
    }

    /** An Rdd of the records of a list, which is copied now, in that many partitions. */
    public <T> Rdd<T> parallelize(List<T> records, int partitions) {
        return new Rdd<>(this, slices(records, partitions));
    }

    /** The same for pairs. */
    public <K, V> PairRdd<K, V> parallelizePairs(List<Pair<K, V>> records) {
        return parallelizePairs(records, defaultParallelism());
    }

    /** The same for pairs. */
    public <K, V> PairRdd<K, V> parallelizePairs(List<Pair<K, V>> records, int partitions) {
        return new PairRdd<>(this, slices(records, partitions));
    }

    /** An Rdd of the numbers of a list, which is copied now, in {@link #defaultParallelism} partitions. */
    public DoubleRdd parallelizeDoubles(List<Double> numbers) {
        return parallelizeDoubles(numbers, defaultParallelism());
    }

    /** An Rdd of the numbers of a list, which is copied now, in that many partitions. */
    public DoubleRdd parallelizeDoubles(List<Double> numbers, int partitions) {
        return new DoubleRdd(this, slices(numbers, partitions));
    }

    /** The whole numbers from {@code start} up to below {@code end}, in {@link #defaultParallelism} partitions. */
    public Rdd<Long> range(long start, long end) {
        return range(start, end, 1, defaultParallelism());
    }

    /** Every {@code step}-th number from {@code start} to before {@code end}, made in executors; a step may go down. */
    public Rdd<Long> range(long start, long end, long step, int partitions) {
        return Ranges.of(this, start, end, step, partitions);
    }

    /** An Rdd without records. */
    public <T> Rdd<T> emptyRdd() {
        return new Rdd<>(this, Lineage.slices(origin(CallSite.here()), List.of()));
    }

    /** The lines of a file, of all files of a directory or of those that a glob names, in two partitions or more. */
    public Rdd<String> textFile(String path) {
        return textFile(path, Math.min(defaultParallelism(), 2));
    }

    /**
     * The lines of a file, of all files of a directory or of those that a glob names, on any file system that Hadoop
     * knows; several paths are separated by commas. Each block of a file that can be split is a partition, or less when
     * {@code minPartitions} asks for more. The files are looked up now and read when an action runs.
     */
    public Rdd<String> textFile(String path, int minPartitions) {
        List<InputSplit> splits = TextSplits.of(path, minPartitions, engine.textSplits(), engine.hadoop()).stream()
                .map(split -> new InputSplit(split.toProto(), split.hosts()))
                .toList();
        return new Rdd<>(this, Lineage.text(origin(CallSite.here()), splits));
    }

    /** The records of all, one after the other; duplicates stay. */
    @SafeVarargs
    public final <T> Rdd<T> union(Rdd<T>... rdds) {
        return new Rdd<>(this, concatenated(rdds));
    }

    /** The pairs of all, one after the other; where one partitioner placed all, partition by partition. */
    @SafeVarargs
    public final <K, V> PairRdd<K, V> union(PairRdd<K, V>... rdds) {
        return new PairRdd<>(this, concatenated(rdds));
    }

    /** The numbers of all, one after the other; duplicates stay. */
    public DoubleRdd union(DoubleRdd... rdds) {
        return new DoubleRdd(this, concatenated(rdds));
    }

    // ---- What jobs are known by ----

    /**
     * The jobs that this thread starts from now on belong to {@code group} and are shown under {@code description}; so do
     * those of threads that it starts later. Their tasks are always interrupted by a cancel.
     */
    public void setJobGroup(String group, String description) {
        label(new JobLabels(Optional.of(group), Optional.of(description), labels().tags()));
    }

    /** The jobs that this thread starts from now on belong to no group and have no description. */
    public void clearJobGroup() {
        label(new JobLabels(Optional.empty(), Optional.empty(), labels().tags()));
    }

    /** Cancels the jobs of a group that run. */
    public void cancelJobGroup(String group) {
        engine.jobs()
                .cancel(job -> job.labels().group().equals(Optional.of(group)), "the program, with its group " + group);
    }

    /** The jobs that this thread starts from now on carry one more tag; a tag has a character or more, none a comma. */
    public void addJobTag(String tag) {
        label(labels().with(Arguments.tag(tag)));
    }

    /** The jobs that this thread starts from now on do not carry that tag. */
    public void removeJobTag(String tag) {
        label(labels().without(Arguments.tag(tag)));
    }

    /** The tags that the jobs of this thread carry. */
    public Set<String> getJobTags() {
        return labels().tags();
    }

    /** The jobs that this thread starts from now on carry no tag. */
    public void clearJobTags() {
        label(new JobLabels(labels().group(), labels().description(), Set.of()));
    }

    /** Cancels the jobs that run and carry a tag. */
    public void cancelJobsWithTag(String tag) {
        Arguments.tag(tag);
        engine.jobs().cancel(job -> job.labels().tags().contains(tag), "the program, with its tag " + tag);
    }

    /** Cancels the jobs of this session that run. */
    public void cancelAllJobs() {
        engine.jobs().cancel(job -> true, "the program, with all its jobs");
    }

    /** The jobs that this thread starts from now on are shown under {@code description}. */
    public void setJobDescription(String description) {
        label(new JobLabels(labels().group(), Optional.of(description), labels().tags()));
    }

    /** What jobs, stages and executors do now. */
    public StatusTracker statusTracker() {
        return new StatusTracker(engine.jobs());
    }

    private JobLabels labels() {
        return engine.jobs().labels();
    }

    private void label(JobLabels wanted) {
        engine.jobs().label(wanted);
    }

    private Lineage concatenated(Rdd<?>[] rdds) {
        return Exchanges.concatenated(
                this, Arrays.stream(rdds).<Lineage>map(rdd -> rdd.lineage).toList());
    }

    /**
     * Cancels the jobs of this session that still run. A program that runs by itself ends its executors too; those of one
     * that was submitted stay for the sessions that it opens next, until it ends.
     */
    @Override
    public void close() {
        engine.close();
        async.close();
    }

    @Override
    public String reason() {
        return "A session lives in the driver and cannot be used inside a function that runs in executors.";
    }

    @Override
    public String instead() {
        return "Call the operations of the session outside of the function and hand their results in.";
    }

    Engine engine() {
        return engine;
    }

    AsyncActions async() {
        return async;
    }

    Lineage.Origin origin(CallSite site) {
        return new Lineage.Origin(engine.nextNode(), site.toString());
    }

    ByteString freeze(Object function, CallSite site) {
        return ByteString.copyFrom(ClosureCodec.freeze(function, site));
    }

    private Lineage slices(List<?> records, int partitions) {
        if (partitions < 1) {
            throw new RaddleException(new Cause.InvalidInput(
                    "parallelize was asked for " + partitions + " partitions.", "Ask for 1 or more."));
        }
        RecordWriter writer = engine.records().writer();
        List<Split> splits = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            int from = (int) ((long) records.size() * i / partitions);
            int to = (int) ((long) records.size() * (i + 1) / partitions);
            writer.clear();
            records.subList(from, to).forEach(writer::write);
            splits.add(slice(ByteString.copyFrom(writer.buffer(), 0, writer.size())));
        }
        Lineage lineage = Lineage.slices(origin(CallSite.here()), splits);
        engine.track(lineage);
        return lineage;
    }

    private Split slice(ByteString encoded) {
        Split.Builder split = Split.newBuilder();
        return encoded.size() <= INLINE_SLICE_BYTES
                ? split.setRecords(encoded).build()
                : split.setRecordsArtifact(engine.publish("slice", encoded)).build();
    }
}
