package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.closure.NotShippable;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pair;
import io.raddle.function.PortableStream;
import io.raddle.plan.Engine;
import io.raddle.plan.JobLabels;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRun;
import io.raddle.plan.Lineage;
import io.raddle.plan.SessionProvider;
import io.raddle.proto.HadoopSource.Reader;
import io.raddle.proto.Split;
import io.raddle.schedule.JobPool;
import io.raddle.serde.RecordWriter;
import io.raddle.shared.Accumulator;
import io.raddle.shared.Broadcast;
import io.raddle.shared.CollectionAccumulator;
import io.raddle.shared.DoubleAccumulator;
import io.raddle.shared.LongAccumulator;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.InputFormat;
import org.apache.hadoop.mapred.JobConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** A function of more is worth a warning. */
    private static final int LARGE_FUNCTION_BYTES = 1 << 20;

    private final String name;
    private final Engine engine;
    private final SessionHadoop hadoop;
    private final AsyncActions async = new AsyncActions();
    private final Checkpoints checkpoints = new Checkpoints(this);
    private final Map<Integer, WeakReference<Rdd<?>>> persisted = new ConcurrentHashMap<>();

    private Session(String name, Engine engine) {
        this.name = name;
        this.engine = engine;
        this.hadoop = new SessionHadoop(engine);
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
        return textFile(path, fewPartitions());
    }

    /**
     * The lines of a file, of all files of a directory or of those that a glob names, on any file system that Hadoop
     * knows; several paths are separated by commas. Each block of a file that can be split is a partition, or less when
     * {@code minPartitions} asks for more. The files are looked up now and read when an action runs.
     */
    public Rdd<String> textFile(String path, int minPartitions) {
        return new Rdd<>(this, Sources.text(this, path, minPartitions));
    }

    /** Path and text of each file, in two partitions or more. */
    public PairRdd<String, String> wholeTextFiles(String path) {
        return wholeTextFiles(path, fewPartitions());
    }

    /**
     * Path and text of each file, decompressed, of the paths that {@link #textFile(String, int)} takes; small files share
     * a partition, about as many partitions as {@code minPartitions} asks for. A file of 2 GiB or more is an error.
     */
    public PairRdd<String, String> wholeTextFiles(String path, int minPartitions) {
        return new PairRdd<>(this, Sources.whole(this, Reader.WHOLE_TEXTS, path, minPartitions));
    }

    /** Path and stream of each file, in two partitions or more. */
    public PairRdd<String, PortableStream> binaryFiles(String path) {
        return binaryFiles(path, fewPartitions());
    }

    /** Path and stream of each file. A file is opened by the task that asks its stream for its content, and only then. */
    public PairRdd<String, PortableStream> binaryFiles(String path, int minPartitions) {
        return new PairRdd<>(this, Sources.whole(this, Reader.STREAMS, path, minPartitions));
    }

    /** The records of files that hold nothing but records of that many bytes. A file with a rest is an error. */
    public Rdd<byte[]> binaryRecords(String path, int recordBytes) {
        return new Rdd<>(this, Sources.records(this, path, recordBytes));
    }

    /** The records of object files, in two partitions or more. */
    public <T> Rdd<T> objectFile(String path) {
        return objectFile(path, fewPartitions());
    }

    /** The records of files that {@link Rdd#saveAsObjectFile} wrote, with this version of Raddle or an earlier one. */
    public <T> Rdd<T> objectFile(String path, int minPartitions) {
        return new Rdd<>(this, Sources.objects(this, path, minPartitions));
    }

    /** The pairs of sequence files, in two partitions or more. */
    public <K, V> PairRdd<K, V> sequenceFile(String path, Class<K> key, Class<V> value) {
        return sequenceFile(path, key, value, fewPartitions());
    }

    /**
     * The pairs of sequence files. {@code key} and {@code value} are what the files hold, or the Java classes that it
     * stands for: String for Text, Long for LongWritable, byte[] for BytesWritable. Each record has objects of its own,
     * unlike in Spark, so that they may be kept. Files of other classes are an error.
     */
    public <K, V> PairRdd<K, V> sequenceFile(String path, Class<K> key, Class<V> value, int minPartitions) {
        return new PairRdd<>(this, Sources.sequence(this, path, key, value, minPartitions));
    }

    /** The pairs that an InputFormat of the old API makes of files, in two partitions or more. */
    public <K, V, F extends InputFormat<K, V>> PairRdd<K, V> hadoopFile(
            String path, Class<F> format, Class<K> key, Class<V> value) {
        return hadoopFile(path, format, key, value, fewPartitions());
    }

    /** The pairs that an InputFormat of the old API makes of files. Each record has objects of its own. */
    public <K, V, F extends InputFormat<K, V>> PairRdd<K, V> hadoopFile(
            String path, Class<F> format, Class<K> key, Class<V> value, int minPartitions) {
        return new PairRdd<>(this, Sources.oldFiles(this, path, format, key, value, minPartitions));
    }

    /** The pairs that an InputFormat of the old API makes of what {@code job} says, in two partitions or more. */
    public <K, V, F extends InputFormat<K, V>> PairRdd<K, V> hadoopRdd(
            JobConf job, Class<F> format, Class<K> key, Class<V> value) {
        return hadoopRdd(job, format, key, value, fewPartitions());
    }

    /** The pairs that an InputFormat of the old API makes of what {@code job} says, which is copied now. */
    public <K, V, F extends InputFormat<K, V>> PairRdd<K, V> hadoopRdd(
            JobConf job, Class<F> format, Class<K> key, Class<V> value, int minPartitions) {
        return new PairRdd<>(this, Sources.old(this, job, format, key, value, minPartitions));
    }

    /** The pairs that an InputFormat of the new API makes of files. */
    public <K, V, F extends org.apache.hadoop.mapreduce.InputFormat<K, V>> PairRdd<K, V> newAPIHadoopFile(
            String path, Class<F> format, Class<K> key, Class<V> value) {
        return newAPIHadoopFile(path, format, key, value, hadoop.current());
    }

    /** The same under a configuration, which is copied now. */
    public <K, V, F extends org.apache.hadoop.mapreduce.InputFormat<K, V>> PairRdd<K, V> newAPIHadoopFile(
            String path, Class<F> format, Class<K> key, Class<V> value, Configuration configuration) {
        return new PairRdd<>(this, Sources.modernFiles(this, path, format, key, value, configuration));
    }

    /** The pairs that an InputFormat of the new API makes of what {@code configuration} says, which is copied now. */
    public <K, V, F extends org.apache.hadoop.mapreduce.InputFormat<K, V>> PairRdd<K, V> newAPIHadoopRdd(
            Configuration configuration, Class<F> format, Class<K> key, Class<V> value) {
        return new PairRdd<>(this, Sources.modern(this, configuration, format, key, value));
    }

    /**
     * Hadoop's configuration for what this session reads and writes. A change counts for the sources and the actions that
     * are called after it, in driver and executors.
     */
    public Configuration hadoopConfiguration() {
        return hadoop.own();
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
        label(labels().inGroup(Optional.of(group)).under(Optional.of(description)));
    }

    /** The jobs that this thread starts from now on belong to no group and have no description. */
    public void clearJobGroup() {
        label(labels().inGroup(Optional.empty()).under(Optional.empty()));
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
        label(labels().withoutTags());
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
        label(labels().under(Optional.of(description)));
    }

    /**
     * The jobs that this thread starts from now on run in a pool of this name, and so do those of threads that it starts
     * later. Pools that have work share the executors evenly; within a pool, jobs are served first in first out.
     */
    public void setJobPool(String pool) {
        setJobPool(pool, 1, 0);
    }

    /**
     * The same with a part that is {@code weight} times that of a pool with weight 1, and with so many tasks that it may
     * run before pools that have theirs get more.
     *
     * @throws RaddleException if the name is blank, the weight below 1 or the minimum below 0
     */
    public void setJobPool(String pool, int weight, int minimumTasks) {
        label(labels().in(Arguments.pool(pool, weight, minimumTasks)));
    }

    /** The jobs that this thread starts from now on run in the pool of those that nobody put elsewhere. */
    public void clearJobPool() {
        label(labels().in(JobPool.DEFAULT));
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

    /**
     * Ships a jar, or a directory of class files, of this machine to the executors: tasks of jobs that are planned from now on
     * find its classes before all others. Its content is that of now; call this again after a change, and the new classes
     * take the place of the old ones. Shuffles that were planned before go on with the classes that they had. The program
     * itself must find the classes by its own means, as in Spark; unlike there a directory will do, and the same path may
     * be added again. With local masters, classes that the program has already count before those of the jar.
     *
     * @throws RaddleException when there is no such jar or directory, or it cannot be read
     */
    public void addJar(String path) {
        AddedJar added = AddedJar.read(path);
        engine.addJar(added.name(), added.content());
    }

    private Lineage concatenated(Rdd<?>[] rdds) {
        return Exchanges.concatenated(
                this, Arrays.stream(rdds).<Lineage>map(rdd -> rdd.lineage).toList());
    }

    // ---- What is kept ----

    /**
     * Where {@link Rdd#checkpoint} writes: a directory of its own below this one, on any file system that Hadoop knows and
     * that all executors reach. It stays until somebody removes it.
     */
    public void setCheckpointDir(String directory) {
        checkpoints.directory(directory);
    }

    /** The directory below the one that was set, which is this session's own. */
    public Optional<String> getCheckpointDir() {
        return checkpoints.directory();
    }

    /** The Rdds of this session that are persisted and that the program can still reach, by a number of their own. */
    public Map<Integer, Rdd<?>> getPersistentRdds() {
        Map<Integer, Rdd<?>> reachable = new TreeMap<>();
        persisted.forEach((id, reference) -> {
            Rdd<?> rdd = reference.get();
            if (rdd != null) {
                reachable.put(id, rdd);
            }
        });
        return reachable;
    }

    /**
     * A value that every executor gets once, for functions to capture in place of the value itself. It is serialized now,
     * as records are.
     *
     * @throws RaddleException if it cannot be serialized, or does not fit below {@code raddle.artifacts.max}
     */
    public <T> Broadcast<T> broadcast(T value) {
        return engine.broadcast(value, CallSite.here());
    }

    /** A sum of whole numbers that tasks add to. */
    public LongAccumulator longAccumulator() {
        return longAccumulator("");
    }

    /** The same under a name that the status shows. */
    public LongAccumulator longAccumulator(String accumulator) {
        return register(new LongAccumulator(), accumulator);
    }

    /** A sum of fractions that tasks add to. */
    public DoubleAccumulator doubleAccumulator() {
        return doubleAccumulator("");
    }

    /** The same under a name that the status shows. */
    public DoubleAccumulator doubleAccumulator(String accumulator) {
        return register(new DoubleAccumulator(), accumulator);
    }

    /** A list that tasks add to. */
    public <T> CollectionAccumulator<T> collectionAccumulator() {
        return collectionAccumulator("");
    }

    /** The same under a name that the status shows. */
    public <T> CollectionAccumulator<T> collectionAccumulator(String accumulator) {
        return register(new CollectionAccumulator<>(), accumulator);
    }

    /** Makes an accumulator of the program's own known, and gives it back. */
    public <A extends Accumulator<?, ?>> A register(A accumulator) {
        return register(accumulator, "");
    }

    /** The same under a name that the status shows. */
    public <A extends Accumulator<?, ?>> A register(A accumulator, String accumulatorName) {
        engine.register(accumulator, accumulatorName);
        return accumulator;
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

    void persisted(Rdd<?> rdd) {
        persisted.values().removeIf(reference -> reference.get() == null);
        persisted.put(rdd.lineage.id(), new WeakReference<>(rdd));
    }

    void unpersisted(Rdd<?> rdd) {
        persisted.remove(rdd.lineage.id());
    }

    private int fewPartitions() {
        return Math.min(defaultParallelism(), 2);
    }

    SessionHadoop hadoop() {
        return hadoop;
    }

    Engine engine() {
        return engine;
    }

    /** Plans a job on the calling thread and starts it, once what it needs and is to be a checkpoint is one. */
    JobRun start(JobRequest job) {
        checkpoints.before(job.root());
        return engine.start(job);
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    AsyncActions async() {
        return async;
    }

    Lineage.Origin origin(CallSite site) {
        return new Lineage.Origin(engine.nextNode(), site.toString());
    }

    ByteString freeze(Object function, CallSite site) {
        List<Object> owners = new ArrayList<>();
        ByteString frozen = ByteString.copyFrom(ClosureCodec.freeze(function, site, owners::add));
        if (!owners.isEmpty()) {
            engine.keep(frozen, owners);
        }
        if (frozen.size() > LARGE_FUNCTION_BYTES) {
            LOG.warn(
                    "The function of {} captures {} MiB, which each executor fetches for each stage that has it:"
                            + " broadcast what is large (Session.broadcast) and capture that instead.",
                    site,
                    frozen.size() >> 20);
        }
        return frozen;
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
