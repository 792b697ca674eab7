package io.raddle;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.NotShippable;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.PairFlatMapFunction;
import io.raddle.function.PairFunction;
import io.raddle.function.Pipe;
import io.raddle.function.SerializableComparator;
import io.raddle.function.VoidFunction;
import io.raddle.plan.Lineage;
import io.raddle.plan.Lineage.Placement;
import io.raddle.plan.Lineage.Sensitivity;
import io.raddle.proto.Transform.Shape;
import java.nio.charset.StandardCharsets;
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
public sealed class Rdd<T> implements NotShippable permits PairRdd {
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

    /** Each record once, by {@code equals}. */
    public Rdd<T> distinct() {
        return distinct(lineage.partitions());
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

    /** The records in the order of their keys: upwards, or downwards when {@code ascending} is false. */
    public <K extends Comparable<? super K>> Rdd<T> sortBy(Function<T, K> key, boolean ascending, int partitions) {
        return keyBy(key).sortByKey(ascending, partitions).values();
    }

    /** The records in the upward order of their keys, in as many partitions as here. */
    public <K extends Comparable<? super K>> Rdd<T> sortBy(Function<T, K> key) {
        return sortBy(key, true, Math.max(1, lineage.partitions()));
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

    // ---- Actions ----

    /** All records, in order. They must fit in the driver: {@code raddle.result.max} bounds them. */
    public List<T> collect() {
        return Actions.collect(this);
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
        return takeOrdered(n, Functions.reversed(order));
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

    // ---- What is known of it ----

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

    Lineage concatenated(Rdd<?> other) {
        return Lineage.concatenate(session.origin(CallSite.here()), List.of(lineage, other.lineage));
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
