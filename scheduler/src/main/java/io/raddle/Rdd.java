package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.NotShippable;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.DoubleFlatMapFunction;
import io.raddle.function.DoubleFunction;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.FlatMapFunction2;
import io.raddle.function.FlatMapFunction3;
import io.raddle.function.FlatMapFunction4;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.PairFlatMapFunction;
import io.raddle.function.PairFunction;
import io.raddle.function.Partitioner;
import io.raddle.function.Pipe;
import io.raddle.function.SerializableComparator;
import io.raddle.function.VoidFunction;
import io.raddle.plan.Lineage;
import io.raddle.plan.Lineage.Placement;
import io.raddle.plan.Lineage.Sensitivity;
import io.raddle.plan.PartitionHosts;
import io.raddle.proto.Transform.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records of type {@code T}, spread over partitions and described by how they come about. An operation that gives an
 * {@code Rdd} only describes; an action runs a job and waits for it. Functions are serialized when the operation is
 * called, so they see what they captured as it was then, and one that cannot travel is refused there. Immutable but for
 * its name; safe for all threads.
 */
public sealed class Rdd<T> implements NotShippable permits PairRdd, DoubleRdd {
    final Session session;
    final Lineage lineage;
    private volatile Optional<String> name = Optional.empty();

    Rdd(Session session, Lineage lineage) {
        this.session = session;
        this.lineage = lineage;
    }

    // ---- What becomes of each record ----

    /** The result of {@code function} for each record. */
    public <R> Rdd<R> map(Function<T, R> function) {
        return new Rdd<>(session, apply(Shape.MAP, function));
    }

    /** The records for which {@code keep} holds. */
    public Rdd<T> filter(FilterFunction<T> keep) {
        return new Rdd<>(session, applyInPlace(Shape.FILTER, keep));
    }

    /** All that {@code function} makes of each record, one after the other. */
    public <R> Rdd<R> flatMap(FlatMapFunction<T, R> function) {
        return new Rdd<>(session, apply(Shape.FLAT_MAP, function));
    }

    /** The pair that {@code function} makes of each record. */
    public <K, V> PairRdd<K, V> mapToPair(PairFunction<T, K, V> function) {
        return new PairRdd<>(session, apply(Shape.MAP_TO_PAIR, function));
    }

    /** All pairs that {@code function} makes of each record, one after the other. */
    public <K, V> PairRdd<K, V> flatMapToPair(PairFlatMapFunction<T, K, V> function) {
        FlatMapFunction<T, Pair<K, V>> each = function::call;
        return new PairRdd<>(session, apply(Shape.FLAT_MAP, each));
    }

    /** What {@code function} makes of the records of each partition. */
    public <R> Rdd<R> mapPartitions(FlatMapFunction<Iterator<T>, R> function) {
        return new Rdd<>(session, apply(Shape.MAP_PARTITIONS, function));
    }

    /** The pairs that {@code function} makes of the records of each partition. */
    public <K, V> PairRdd<K, V> mapPartitionsToPair(PairFlatMapFunction<Iterator<T>, K, V> function) {
        FlatMapFunction<Iterator<T>, Pair<K, V>> each = function::call;
        return new PairRdd<>(session, apply(Shape.MAP_PARTITIONS, each));
    }

    /** What {@code function} makes of the number and the records of each partition. */
    public <R> Rdd<R> mapPartitionsWithIndex(Function2<Integer, Iterator<T>, Iterator<R>> function) {
        return new Rdd<>(session, apply(Shape.MAP_PARTITIONS_WITH_INDEX, function));
    }

    /**
     * What {@code function} makes of the records of each partition. With {@code preservesPartitioning} the program says
     * that keys stay where the partitioner placed them.
     */
    public <R> Rdd<R> mapPartitions(FlatMapFunction<Iterator<T>, R> function, boolean preservesPartitioning) {
        return new Rdd<>(session, applyTo(Shape.MAP_PARTITIONS, function, preservesPartitioning));
    }

    /** The pairs that {@code function} makes of the records of each partition; see {@link #mapPartitions}. */
    public <K, V> PairRdd<K, V> mapPartitionsToPair(
            PairFlatMapFunction<Iterator<T>, K, V> function, boolean preservesPartitioning) {
        FlatMapFunction<Iterator<T>, Pair<K, V>> each = function::call;
        return new PairRdd<>(session, applyTo(Shape.MAP_PARTITIONS, each, preservesPartitioning));
    }

    /** What {@code function} makes of the number and the records of each partition; see {@link #mapPartitions}. */
    public <R> Rdd<R> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<R>> function, boolean preservesPartitioning) {
        return new Rdd<>(session, applyTo(Shape.MAP_PARTITIONS_WITH_INDEX, function, preservesPartitioning));
    }

    /** The number that {@code function} makes of each record. */
    public DoubleRdd mapToDouble(DoubleFunction<T> function) {
        Function<T, Double> each = function::call;
        return new DoubleRdd(session, apply(Shape.MAP, each));
    }

    /** All numbers that {@code function} makes of each record, one after the other. */
    public DoubleRdd flatMapToDouble(DoubleFlatMapFunction<T> function) {
        FlatMapFunction<T, Double> each = function::call;
        return new DoubleRdd(session, apply(Shape.FLAT_MAP, each));
    }

    /** The numbers that {@code function} makes of the records of each partition. */
    public DoubleRdd mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function) {
        return mapPartitionsToDouble(function, false);
    }

    /** The numbers that {@code function} makes of the records of each partition; see {@link #mapPartitions}. */
    public DoubleRdd mapPartitionsToDouble(DoubleFlatMapFunction<Iterator<T>> function, boolean preservesPartitioning) {
        FlatMapFunction<Iterator<T>, Double> each = function::call;
        return new DoubleRdd(session, applyTo(Shape.MAP_PARTITIONS, each, preservesPartitioning));
    }

    /** Each record under the key that {@code key} gives it. */
    public <K> PairRdd<K, T> keyBy(Function<T, K> key) {
        return mapToPair(Functions.keyBy(key));
    }

    /** Each partition as one list. */
    public Rdd<List<T>> glom() {
        return mapPartitions(Functions.glom());
    }

    /** The lines that a process of this command, its words parted by blanks, makes of the lines of each partition. */
    public Rdd<String> pipe(String command) {
        return pipe(List.of(command.strip().split("\\s+")));
    }

    /** The lines that a process of this command makes of the lines of each partition. */
    public Rdd<String> pipe(List<String> command) {
        return pipe(Pipe.of(command));
    }

    /** The same with variables beside those of the executor. */
    public Rdd<String> pipe(List<String> command, Map<String, String> environment) {
        return pipe(Pipe.<T>of(command).environment(environment));
    }

    /** The same, in a directory of its own when {@code separateWorkingDir} is true, through a buffer of that size. */
    public Rdd<String> pipe(
            List<String> command, Map<String, String> environment, boolean separateWorkingDir, int bufferBytes) {
        return pipe(command, environment, separateWorkingDir, bufferBytes, StandardCharsets.UTF_8.name());
    }

    /** The same in another character set. */
    public Rdd<String> pipe(
            List<String> command,
            Map<String, String> environment,
            boolean separateWorkingDir,
            int bufferBytes,
            String encoding) {
        return pipe(Pipe.<T>of(command)
                .environment(environment)
                .in(separateWorkingDir ? Pipe.Workplace.SEPARATE : Pipe.Workplace.SHARED)
                .buffering(bufferBytes)
                .encoding(encoding));
    }

    /**
     * The lines that a process makes of each partition. It is killed with its task; an exit code other than 0 is an error
     * that names the command and its last words. What comes of it may depend on the order of the records.
     */
    public Rdd<String> pipe(Pipe<T> process) {
        return new Rdd<>(session, apply(Shape.PIPE, process, Placement.LOST, Sensitivity.SEES_ORDER));
    }

    // ---- What becomes of the whole ----

    /** The records of this and then those of {@code other}; duplicates stay. */
    public Rdd<T> union(Rdd<T> other) {
        return new Rdd<>(session, concatenated(other));
    }

    /**
     * Each record once, by {@code equals}, in {@code raddle.default.parallelism} partitions, or where that is not set in as
     * many as here.
     */
    public Rdd<T> distinct() {
        return distinct(DefaultPlacement.partitions(session, lineage));
    }

    /** Each record once, by {@code equals}, in that many partitions. */
    public Rdd<T> distinct(int partitions) {
        return new Rdd<>(session, distinctLineage(partitions));
    }

    /** All records under their key. To fold them, {@link PairRdd#reduceByKey} moves far less. */
    public <K> PairRdd<K, Iterable<T>> groupBy(Function<T, K> key) {
        return keyBy(key).groupByKey();
    }

    /** All records under their key, in that many partitions. */
    public <K> PairRdd<K, Iterable<T>> groupBy(Function<T, K> key, int partitions) {
        return keyBy(key).groupByKey(partitions);
    }

    /** All records under their key, where {@code partitioner} places it. */
    public <K> PairRdd<K, Iterable<T>> groupBy(Function<T, K> key, Partitioner partitioner) {
        return keyBy(key).groupByKey(partitioner);
    }

    /** The records in the order of their keys: upwards, or downwards when {@code ascending} is false. */
    public <K extends Comparable<? super K>> Rdd<T> sortBy(Function<T, K> key, boolean ascending, int partitions) {
        return keyBy(key).sortByKey(ascending, partitions).values();
    }

    /** The records in the upward order of their keys, in as many partitions as {@link PairRdd#sortByKey()} makes. */
    public <K extends Comparable<? super K>> Rdd<T> sortBy(Function<T, K> key) {
        return sortBy(key, true, DefaultPlacement.partitions(session, lineage));
    }

    /** The same in as many partitions as here. */
    public <K extends Comparable<? super K>> Rdd<T> sortBy(Function<T, K> key, boolean ascending) {
        return sortBy(key, ascending, DefaultPlacement.partitions(session, lineage));
    }

    /** The records in the order that {@code comparator} gives their keys, or the opposite. */
    public <K> Rdd<T> sortBy(
            Function<T, K> key, SerializableComparator<K> comparator, boolean ascending, int partitions) {
        return keyBy(key).sortByKey(comparator, ascending, partitions).values();
    }

    /** The same records in that many partitions or fewer, without moving them: neighbours become one partition. */
    public Rdd<T> coalesce(int partitions) {
        return new Rdd<>(session, Exchanges.coalesce(session, lineage, partitions));
    }

    /**
     * The same records, spread evenly over that many partitions, equal records too. A task that runs again places its
     * records alike: in the order they come in where that is always the same, and behind a shuffle, where it is not, in
     * the order of 64-bit digests of what they hold. For that it sorts them, and spills what memory does not hold.
     */
    public Rdd<T> repartition(int partitions) {
        return new Rdd<>(session, Exchanges.spread(session, lineage, partitions));
    }

    /** {@link #repartition} with {@code shuffle}, else {@link #coalesce(int)}. */
    public Rdd<T> coalesce(int partitions, boolean shuffle) {
        return shuffle ? repartition(partitions) : coalesce(partitions);
    }

    /** A sample with a seed of its own; see {@link #sample(boolean, double, long)}. */
    public Rdd<T> sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, Seeding.fresh());
    }

    /**
     * About that share of the records, in their order. Without replacement each record is taken with probability {@code
     * fraction}, from 0 to 1; with, as often as a Poisson process of that mean says. The same seed takes the same places,
     * so the same records where partitions come in the same order.
     */
    public Rdd<T> sample(boolean withReplacement, double fraction, long seed) {
        return new Rdd<>(session, Sampling.sample(this, withReplacement, fraction, seed));
    }

    /** Parts with a seed of their own; see {@link #randomSplit(double[], long)}. */
    public List<Rdd<T>> randomSplit(double[] weights) {
        return randomSplit(weights, Seeding.fresh());
    }

    /**
     * The records dealt out at random in about the proportion of {@code weights}: each to exactly one part, and to the same
     * one whenever a part is computed. Behind a shuffle, which gives records in any order, parts are dealt from records
     * sorted by 64-bit digests of what they hold, and come in that order.
     */
    public List<Rdd<T>> randomSplit(double[] weights, long seed) {
        return Sampling.split(this, weights, seed).stream()
                .map(part -> new Rdd<T>(session, part))
                .toList();
    }

    /** Each record that is here and in {@code other}, once. */
    public Rdd<T> intersection(Rdd<T> other) {
        return intersection(other, DefaultPlacement.partitions(session, List.of(lineage, other.lineage)));
    }

    /** The same in that many partitions. */
    public Rdd<T> intersection(Rdd<T> other, int partitions) {
        return intersection(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the records. */
    public Rdd<T> intersection(Rdd<T> other, Partitioner partitioner) {
        return new Rdd<>(session, intersectionLineage(other, partitioner));
    }

    /** The records here that are not in {@code other}; what is here twice stays twice. */
    public Rdd<T> subtract(Rdd<T> other) {
        return subtract(other, DefaultPlacement.partitions(session, lineage));
    }

    /** The same in that many partitions. */
    public Rdd<T> subtract(Rdd<T> other, int partitions) {
        return subtract(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the records. */
    public Rdd<T> subtract(Rdd<T> other, Partitioner partitioner) {
        return new Rdd<>(session, subtractLineage(other, partitioner));
    }

    /**
     * Each record here with each of {@code other}: for each in order, all others in order. It has a partition for each two
     * of theirs, and a task computes the partition of {@code other} once, where Spark does it for each record.
     */
    public <U> PairRdd<T, U> cartesian(Rdd<U> other) {
        return new PairRdd<>(session, Zips.product(session, lineage, other.lineage));
    }

    /**
     * Each record here with the one at the same place of the same partition of {@code other}. Other numbers of partitions
     * are refused at once, other numbers of records when it is computed. Behind a shuffle the records of either side come in
     * any order, as in Spark: there give both an index first and join them by it.
     */
    public <U> PairRdd<T, U> zip(Rdd<U> other) {
        return new PairRdd<>(session, Zips.of(List.of(this, other), Zips.pairs()));
    }

    /** What {@code function} makes of each partition here and the same one there; there must be equally many. */
    public <U, R> Rdd<R> zipPartitions(Rdd<U> other, FlatMapFunction2<Iterator<T>, Iterator<U>, R> function) {
        return new Rdd<>(
                session,
                Zips.of(
                        List.of(this, other),
                        (partition, sides) -> function.call(Zips.side(sides, 0), Zips.side(sides, 1))));
    }

    /** The same with three. */
    public <U, V, R> Rdd<R> zipPartitions(
            Rdd<U> second, Rdd<V> third, FlatMapFunction3<Iterator<T>, Iterator<U>, Iterator<V>, R> function) {
        return new Rdd<>(
                session,
                Zips.of(
                        List.of(this, second, third),
                        (partition, sides) ->
                                function.call(Zips.side(sides, 0), Zips.side(sides, 1), Zips.side(sides, 2))));
    }

    /** The same with four. */
    public <U, V, W, R> Rdd<R> zipPartitions(
            Rdd<U> second,
            Rdd<V> third,
            Rdd<W> fourth,
            FlatMapFunction4<Iterator<T>, Iterator<U>, Iterator<V>, Iterator<W>, R> function) {
        return new Rdd<>(
                session,
                Zips.of(
                        List.of(this, second, third, fourth),
                        (partition, sides) -> function.call(
                                Zips.side(sides, 0), Zips.side(sides, 1), Zips.side(sides, 2), Zips.side(sides, 3))));
    }

    /** Each record with a number that no other has: the k-th of partition p of n has k·n + p. Runs no job. */
    public PairRdd<T, Long> zipWithUniqueId() {
        return new PairRdd<>(
                session,
                apply(
                        Shape.MAP_PARTITIONS_WITH_INDEX,
                        Zips.<T>numbered(getNumPartitions()),
                        Placement.LOST,
                        Sensitivity.SEES_ORDER));
    }

    /** Each record with its place among all, from 0. Runs a job that counts the partitions before the last. */
    public PairRdd<T, Long> zipWithIndex() {
        long[] starts = Actions.startsOf(this);
        return new PairRdd<>(
                session,
                apply(
                        Shape.MAP_PARTITIONS_WITH_INDEX,
                        Functions.<T>numbered(starts),
                        Placement.LOST,
                        Sensitivity.SEES_ORDER));
    }

    // ---- How it is kept ----

    /** Keeps each partition as {@link StorageLevel#MEMORY_ONLY} once a job has computed it. */
    public Rdd<T> cache() {
        return persist(StorageLevel.MEMORY_ONLY);
    }

    /** The same as {@link #cache}. */
    public Rdd<T> persist() {
        return cache();
    }

    /**
     * Keeps each partition on the executor that computed it, so that later jobs read it there. Jobs that are started from
     * now on do so; it ends with {@link #unpersist}, or when the program can reach neither this nor what was derived from
     * it. Only one level at a time can be given; {@link StorageLevel#NONE} is as good as none.
     */
    public Rdd<T> persist(StorageLevel level) {
        Keeping.persist(this, level);
        return this;
    }

    /** Lets go of what is kept, without waiting for it. Jobs that run go on and compute what they miss. */
    public Rdd<T> unpersist() {
        return unpersist(false);
    }

    /** Lets go of what is kept; {@code blocking} waits until all executors have. */
    public Rdd<T> unpersist(boolean blocking) {
        Keeping.unpersist(this, blocking);
        return this;
    }

    /** How it is kept. */
    public StorageLevel getStorageLevel() {
        return Keeping.level(lineage);
    }

    /**
     * Has the next job that needs this write all partitions to {@link Session#setCheckpointDir} before it begins; from then
     * on they are read there, and what they were computed from is let go. An Rdd that a job has brought through a shuffle
     * already is refused: that shuffle would still need what it came from.
     */
    public void checkpoint() {
        session.checkpoints().mark(lineage, toString());
    }

    /**
     * Keeps it as {@link StorageLevel#MEMORY_AND_DISK} unless it is kept already. What it is computed from stays known, so
     * that the partitions of an executor that is lost are computed again, where Spark fails the job.
     */
    public void localCheckpoint() {
        if (getStorageLevel() == StorageLevel.NONE) {
            persist(StorageLevel.MEMORY_AND_DISK);
        }
    }

    /** Whether it is read from a checkpoint. */
    public boolean isCheckpointed() {
        return getCheckpointFile().isPresent();
    }

    /** The directory that it is read from once it is a checkpoint. */
    public Optional<String> getCheckpointFile() {
        return Checkpoints.directory(lineage);
    }

    // ---- Actions ----

    /** All records, in order. They must fit in the driver: {@code raddle.result.max} bounds them. */
    public List<T> collect() {
        return Actions.collect(this);
    }

    /** All records of some partitions, in the order that these are named. */
    public List<List<T>> collectPartitions(int... partitions) {
        return Actions.partitions(this, partitions);
    }

    /**
     * All records, in order, one partition at a time: a partition is computed when the one before it has been taken, so the
     * driver holds the records of one only, which {@code raddle.result.max} bounds.
     */
    public Iterator<T> toLocalIterator() {
        return Actions.iterator(this);
    }

    /** How many records there are. */
    public long count() {
        return Actions.count(this);
    }

    /** All records folded into one by an associative and commutative function. Without records it is an error. */
    public T reduce(Function2<T, T, T> function) {
        return Actions.reduce(this, function).orElseThrow(Rdd::empty);
    }

    /** All records folded into {@code zero}, which must be neutral, by an associative and commutative function. */
    public T fold(T zero, Function2<T, T, T> function) {
        return aggregate(zero, function, function);
    }

    /** All records folded into {@code zero}, which must be neutral: in each partition, then over the partitions. */
    public <U> U aggregate(U zero, Function2<U, T, U> within, Function2<U, U, U> across) {
        return Actions.aggregate(this, zero, within, across);
    }

    /** {@link #reduce} over a tree of two levels. */
    public T treeReduce(Function2<T, T, T> function) {
        return treeReduce(function, 2);
    }

    /**
     * {@link #reduce}, of which executors do most over up to {@code depth} levels: for many partitions or large values.
     */
    public T treeReduce(Function2<T, T, T> function, int depth) {
        return Trees.reduce(this, function, depth).orElseThrow(Rdd::empty);
    }

    /** {@link #aggregate} over a tree of two levels. */
    public <U> U treeAggregate(U zero, Function2<U, T, U> within, Function2<U, U, U> across) {
        return treeAggregate(zero, within, across, 2);
    }

    /** {@link #aggregate}, of which executors do most over up to {@code depth} levels. */
    public <U> U treeAggregate(U zero, Function2<U, T, U> within, Function2<U, U, U> across, int depth) {
        return treeAggregate(zero, within, across, depth, false);
    }

    /** The same; with {@code finalAggregateOnExecutor} the driver gets one value only. */
    public <U> U treeAggregate(
            U zero, Function2<U, T, U> within, Function2<U, U, U> across, int depth, boolean finalAggregateOnExecutor) {
        return Trees.aggregate(this, zero, within, across, depth, finalAggregateOnExecutor);
    }

    /** How often each record is there, by {@code equals}. */
    public Map<T, Long> countByValue() {
        return mapToPair(Functions.<T>alone()).countByKey();
    }

    /** {@link #countApprox(long, double)} with a confidence of 0.95. */
    public Estimate countApprox(long timeoutMillis) {
        return countApprox(timeoutMillis, 0.95);
    }

    /**
     * About how many records there are, from the partitions that are counted after that many milliseconds; exact when all
     * are. What is not counted by then is given up, where Spark counts on in the background.
     */
    public Estimate countApprox(long timeoutMillis, double confidence) {
        return Approximate.count(this, timeoutMillis, confidence);
    }

    /** {@link #countByValueApprox(long, double)} with a confidence of 0.95. */
    public Map<T, Estimate> countByValueApprox(long timeoutMillis) {
        return countByValueApprox(timeoutMillis, 0.95);
    }

    /** About how often each record is there, of those in the partitions that are read after that many milliseconds. */
    public Map<T, Estimate> countByValueApprox(long timeoutMillis, double confidence) {
        return Approximate.countByValue(this, timeoutMillis, confidence);
    }

    /**
     * About how many different records there are: the standard deviation of the answer is {@code relativeSD} of the truth,
     * from 0.0003 up; 0.05 takes 512 bytes in each task. Records differ here when what they hold does, whatever their
     * {@code equals} says.
     */
    public long countApproxDistinct(double relativeSD) {
        HyperLogLog<T> counter = HyperLogLog.of(relativeSD);
        return HyperLogLog.estimate(aggregate(counter.empty(), counter::mergeValue, counter::mergeCombiners));
    }

    /** A sample with a seed of its own; see {@link #takeSample(boolean, int, long)}. */
    public List<T> takeSample(boolean withReplacement, int n) {
        return takeSample(withReplacement, n, Seeding.fresh());
    }

    /**
     * Exactly {@code n} records drawn at random, in random order, or without replacement all when there are fewer. Runs a
     * job that counts and one that takes.
     */
    public List<T> takeSample(boolean withReplacement, int n, long seed) {
        return Sampling.take(this, withReplacement, n, seed);
    }

    /** The first {@code n} records, or all when there are fewer. Reads no more partitions than it takes. */
    public List<T> take(int n) {
        return Actions.take(this, n);
    }

    /** The first record. Without records it is an error. */
    public T first() {
        return take(1).stream().findFirst().orElseThrow(Rdd::empty);
    }

    /** Whether there is no record. */
    public boolean isEmpty() {
        return take(1).isEmpty();
    }

    /** The {@code n} greatest records by {@code order}, greatest first. */
    public List<T> top(int n, SerializableComparator<T> order) {
        return takeOrdered(n, order.reversed());
    }

    /** The {@code n} greatest records by their natural order, greatest first. */
    public List<T> top(int n) {
        return top(n, Functions.natural());
    }

    /** The {@code n} least records by {@code order}, least first. */
    public List<T> takeOrdered(int n, SerializableComparator<T> order) {
        return Actions.takeOrdered(this, n, order);
    }

    /** The {@code n} least records by their natural order, least first. */
    public List<T> takeOrdered(int n) {
        return takeOrdered(n, Functions.natural());
    }

    /** The greatest record by {@code order}. Without records it is an error. */
    public T max(SerializableComparator<T> order) {
        return reduce(Functions.greater(order));
    }

    /** The least record by {@code order}. Without records it is an error. */
    public T min(SerializableComparator<T> order) {
        return reduce(Functions.lesser(order));
    }

    /** The greatest record by its natural order. Without records it is an error. */
    public T max() {
        return max(Functions.natural());
    }

    /** The least record by its natural order. Without records it is an error. */
    public T min() {
        return min(Functions.natural());
    }

    /** Calls {@code function} for each record, in executors. */
    public void foreach(VoidFunction<T> function) {
        Actions.foreachPartition(this, Functions.each(function));
    }

    /** Calls {@code function} for the records of each partition, in executors. */
    public void foreachPartition(VoidFunction<Iterator<T>> function) {
        Actions.foreachPartition(this, function);
    }

    /** Writes the text of each record as a line, each partition to a file of a new directory. */
    public void saveAsTextFile(String path) {
        Actions.save(this, path, "");
    }

    /** The same through a compression codec of Hadoop, by its class name. */
    public void saveAsTextFile(String path, String codec) {
        Actions.save(this, path, codec);
    }

    /**
     * Writes the records to object files of a new directory, each partition to one, to be read by {@link
     * Session#objectFile}. The form is Raddle's own; later versions read it.
     */
    public void saveAsObjectFile(String path) {
        Outputs.objects(this, path);
    }

    // ---- Actions that run beside the program ----

    /** {@link #collect}, whose job starts now and is waited for later. */
    public FutureResult<List<T>> collectAsync() {
        return session.async().collect(this);
    }

    /** {@link #count}, whose job starts now and is waited for later. */
    public FutureResult<Long> countAsync() {
        return session.async().count(this);
    }

    /** {@link #take}, whose jobs run one after the other from now on. */
    public FutureResult<List<T>> takeAsync(int n) {
        return session.async().take(this, n);
    }

    /** {@link #foreach}, whose job starts now and is waited for later. */
    public FutureResult<Void> foreachAsync(VoidFunction<T> function) {
        return session.async().foreachPartition(this, Functions.each(function));
    }

    /** {@link #foreachPartition}, whose job starts now and is waited for later. */
    public FutureResult<Void> foreachPartitionAsync(VoidFunction<Iterator<T>> function) {
        return session.async().foreachPartition(this, function);
    }

    // ---- What is known of it ----

    /** A number that no other Rdd of this process has. */
    public int id() {
        return lineage.id();
    }

    /** Its partitions, in order, with where they would best be computed. */
    public List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        PartitionHosts.of(lineage).forEach(hosts -> partitions.add(new Partition(partitions.size(), hosts)));
        return List.copyOf(partitions);
    }

    /** What placed the records, when it is known. */
    public Optional<Partitioner> partitioner() {
        return lineage.partitioner();
    }

    /** How many partitions there are. */
    public int getNumPartitions() {
        return lineage.partitions();
    }

    /** What it is called, when somebody named it. */
    public Optional<String> name() {
        return name;
    }

    /** Names it, for people. */
    public Rdd<T> setName(String value) {
        name = Optional.of(value);
        return this;
    }

    /** Prints the first 20 records as a table. */
    public void show() {
        show(20);
    }

    /**
     * Prints the first {@code n} records to the standard output as an aligned table: the components of records and pairs
     * are columns. Values of more than 40 characters are cut. For people; Spark shows only its DataFrames so.
     */
    public void show(int n) {
        List<T> some = take(n == Integer.MAX_VALUE ? n : n + 1);
        boolean more = some.size() > n;
        System.out.print(RecordTable.of(more ? some.subList(0, n) : some, more));
    }

    /** How it comes about: one line for each step, indented once more behind each shuffle. */
    public String toDebugString() {
        return Exchanges.describe(lineage, name);
    }

    @Override
    public String toString() {
        return name.map(given -> given + " " + lineage).orElseGet(lineage::toString);
    }

    @Override
    public String reason() {
        return "An Rdd lives in the driver and cannot be used inside a function that runs in executors.";
    }

    @Override
    public String instead() {
        return "Collect what the function needs before, or join the two.";
    }

    // ---- For the other classes of this package ----

    Lineage apply(Shape shape, Object function) {
        return apply(shape, function, Placement.LOST, Sensitivity.BLIND_TO_ORDER);
    }

    Lineage applyInPlace(Shape shape, Object function) {
        return apply(shape, function, Placement.KEPT, Sensitivity.BLIND_TO_ORDER);
    }

    Lineage apply(Shape shape, Object function, Placement placement, Sensitivity sensitivity) {
        CallSite site = CallSite.here();
        ByteString frozen = session.freeze(function, site);
        return lineage.apply(session.origin(site), shape, frozen, placement, sensitivity);
    }

    Lineage applyTo(Shape shape, Object function, boolean preservesPartitioning) {
        return preservesPartitioning ? applyInPlace(shape, function) : apply(shape, function);
    }

    Lineage concatenated(Rdd<?> other) {
        return Exchanges.concatenated(session, List.of(lineage, other.lineage));
    }

    Lineage intersectionLineage(Rdd<T> other, Partitioner partitioner) {
        return mapToPair(Functions.<T>alone())
                .together(List.of(other.mapToPair(Functions.<T>alone())), partitioner)
                .filter(Functions.onBothSides())
                .keys()
                .lineage;
    }

    Lineage subtractLineage(Rdd<T> other, Partitioner partitioner) {
        return mapToPair(Functions.<T>alone())
                .subtractByKey(other.mapToPair(Functions.<T>alone()), partitioner)
                .keys()
                .lineage;
    }

    Lineage distinctLineage(int partitions) {
        return mapToPair(Functions.<T>alone())
                .combineByKey(Aggregator.reducing(Functions.eitherOne()), new HashPartitioner(Math.max(1, partitions)))
                .keys()
                .lineage;
    }

    private static RaddleException empty() {
        return new RaddleException(new Cause.InvalidInput(
                "There is no record, so there is no value to give.", "Ask isEmpty() first, or use fold or take."));
    }
}
