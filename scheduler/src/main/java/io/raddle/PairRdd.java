package io.raddle;

import io.raddle.function.Aggregator;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.HashPartitioner;
import io.raddle.function.Pair;
import io.raddle.function.Partitioner;
import io.raddle.function.SerializableComparator;
import io.raddle.plan.Lineage;
import io.raddle.proto.Transform.Shape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.OutputFormat;

/**
 * Records that are pairs, so that those of one key can be brought together. Where an operation needs a partitioner and
 * none is given, it takes that of its inputs, so that data already placed does not move again, or else places by hash
 * over as many partitions as its largest input has.
 */
public final class PairRdd<K, V> extends Rdd<Pair<K, V>> {
    PairRdd(Session session, Lineage lineage) {
        super(session, lineage);
    }

    // ---- What becomes of each pair ----

    /** The keys. */
    public Rdd<K> keys() {
        return new Rdd<>(session, Exchanges.plain(this, Shape.KEYS_ONLY));
    }

    /** The values. */
    public Rdd<V> values() {
        return new Rdd<>(session, Exchanges.plain(this, Shape.VALUES_ONLY));
    }

    /** Each key with what {@code function} makes of its value. Keys stay where they are. */
    public <W> PairRdd<K, W> mapValues(Function<V, W> function) {
        return new PairRdd<>(session, applyInPlace(Shape.MAP_VALUES, function));
    }

    /** Each key with each of the values that {@code function} makes of its value. Keys stay where they are. */
    public <W> PairRdd<K, W> flatMapValues(FlatMapFunction<V, W> function) {
        return new PairRdd<>(session, applyInPlace(Shape.FLAT_MAP_VALUES, function));
    }

    @Override
    public PairRdd<K, V> filter(FilterFunction<Pair<K, V>> keep) {
        return new PairRdd<>(session, applyInPlace(Shape.FILTER, keep));
    }

    /**
     * What {@code function} makes of each split of an InputFormat and its pairs. Only what {@code hadoopFile}, {@code
     * hadoopRdd}, {@code newAPIHadoopFile}, {@code newAPIHadoopRdd} or {@code sequenceFile} gave has such splits.
     */
    public <S, R> Rdd<R> mapPartitionsWithInputSplit(Function2<S, Iterator<Pair<K, V>>, Iterator<R>> function) {
        return new Rdd<>(session, Sources.perSplit(this, function));
    }

    // ---- Files ----

    /**
     * Writes the pairs to sequence files of a new directory. {@code key} and {@code value} are Writables or the Java
     * classes that stand for them: String for Text, Long for LongWritable, byte[] for BytesWritable.
     */
    public void saveAsSequenceFile(String path, Class<?> key, Class<?> value) {
        Outputs.sequence(this, path, key, value, Optional.empty());
    }

    /** The same, compressed in blocks by a codec of Hadoop. */
    public void saveAsSequenceFile(
            String path, Class<?> key, Class<?> value, Class<? extends CompressionCodec> codec) {
        Outputs.sequence(this, path, key, value, Optional.of(codec.getName()));
    }

    /**
     * Writes the pairs through an OutputFormat of the old API to a new directory. Where a class is a Writable, records of
     * its Java class become it.
     */
    public void saveAsHadoopFile(
            String path, Class<?> key, Class<?> value, @SuppressWarnings("rawtypes") Class<? extends OutputFormat> format) {
        saveAsHadoopFile(path, key, value, format, new JobConf(session.hadoop().current()));
    }

    /** The same, compressed by a codec of Hadoop. */
    public void saveAsHadoopFile(
            String path,
            Class<?> key,
            Class<?> value,
            @SuppressWarnings("rawtypes") Class<? extends OutputFormat> format,
            Class<? extends CompressionCodec> codec) {
        JobConf job = new JobConf(session.hadoop().current());
        Outputs.oldFile(this, path, key, value, format, job, Optional.of(codec.getName()));
    }

    /** The same under a configuration. */
    public void saveAsHadoopFile(
            String path, Class<?> key, Class<?> value, @SuppressWarnings("rawtypes") Class<? extends OutputFormat> format, JobConf job) {
        Outputs.oldFile(this, path, key, value, format, job, Optional.empty());
    }

    /** Writes the pairs as they are through the OutputFormat of the old API that {@code job} names. */
    public void saveAsHadoopDataset(JobConf job) {
        Outputs.oldDataset(this, job);
    }

    /** Writes the pairs through an OutputFormat of the new API to a new directory. */
    public void saveAsNewAPIHadoopFile(
            String path,
            Class<?> key,
            Class<?> value,
            @SuppressWarnings("rawtypes") Class<? extends org.apache.hadoop.mapreduce.OutputFormat> format) {
        saveAsNewAPIHadoopFile(path, key, value, format, session.hadoop().current());
    }

    /** The same under a configuration. */
    public void saveAsNewAPIHadoopFile(
            String path,
            Class<?> key,
            Class<?> value,
            @SuppressWarnings("rawtypes") Class<? extends org.apache.hadoop.mapreduce.OutputFormat> format,
            Configuration configuration) {
        Outputs.modernFile(this, path, key, value, format, configuration);
    }

    /** Writes the pairs as they are through the OutputFormat of the new API that {@code configuration} names. */
    public void saveAsNewAPIHadoopDataset(Configuration configuration) {
        Outputs.modernDataset(this, configuration);
    }

    // ---- All values of a key ----

    /** One combiner for each key: values are combined before they move, and combiners after. */
    public <C> PairRdd<K, C> combineByKey(
            Function<V, C> createCombiner, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners) {
        return combineByKey(Aggregator.of(createCombiner, mergeValue, mergeCombiners), partitioner());
    }

    /** The same over that many partitions. */
    public <C> PairRdd<K, C> combineByKey(
            Function<V, C> createCombiner,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            int partitions) {
        return combineByKey(Aggregator.of(createCombiner, mergeValue, mergeCombiners), new HashPartitioner(partitions));
    }

    /** One combiner for each key, where {@code partitioner} places it. */
    public <C> PairRdd<K, C> combineByKey(Aggregator<V, C> aggregator, Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.combined(this, aggregator, partitioner));
    }

    /** The values of each key folded by an associative and commutative function. */
    public PairRdd<K, V> reduceByKey(Function2<V, V, V> function) {
        return reduceByKey(function, partitioner());
    }

    /** The same over that many partitions. */
    public PairRdd<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        return reduceByKey(function, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public PairRdd<K, V> reduceByKey(Function2<V, V, V> function, Partitioner partitioner) {
        return combineByKey(Aggregator.reducing(function), partitioner);
    }

    /** The values of each key folded into {@code zero}, which must be neutral. */
    public PairRdd<K, V> foldByKey(V zero, Function2<V, V, V> function) {
        return aggregateByKey(zero, function, function);
    }

    /** The values of each key folded into {@code zero}, which must be neutral, and such results folded by another. */
    public <U> PairRdd<K, U> aggregateByKey(U zero, Function2<U, V, U> within, Function2<U, U, U> across) {
        return aggregateByKey(zero, partitioner(), within, across);
    }

    /** The same where {@code partitioner} places the keys. */
    public <U> PairRdd<K, U> aggregateByKey(
            U zero, Partitioner partitioner, Function2<U, V, U> within, Function2<U, U, U> across) {
        return combineByKey(Functions.from(session.engine().records().toBytes(zero), within, across), partitioner);
    }

    /** All values of each key. They need not fit in memory, but to fold them {@link #reduceByKey} moves far less. */
    public PairRdd<K, Iterable<V>> groupByKey() {
        return groupByKey(partitioner());
    }

    /** The same over that many partitions. */
    public PairRdd<K, Iterable<V>> groupByKey(int partitions) {
        return groupByKey(new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public PairRdd<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.grouped(this, partitioner));
    }

    // ---- Two together ----

    /** The values of each key here and there; a key needs to be on one side only. */
    public <W> PairRdd<K, Grouped<V, W>> cogroup(PairRdd<K, W> other) {
        return cogroup(other, partitionerWith(other));
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, Grouped<V, W>> cogroup(PairRdd<K, W> other, int partitions) {
        return cogroup(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Grouped<V, W>> cogroup(PairRdd<K, W> other, Partitioner partitioner) {
        return together(other, partitioner).mapValues(Functions.grouped());
    }

    /** Each value of a key here with each value of it there. */
    public <W> PairRdd<K, Joined<V, W>> join(PairRdd<K, W> other) {
        return join(other, partitionerWith(other));
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, Joined<V, W>> join(PairRdd<K, W> other, int partitions) {
        return join(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<V, W>> join(PairRdd<K, W> other, Partitioner partitioner) {
        return together(other, partitioner).flatMapValues(Joins.inner());
    }

    /** Each value of a key here with each value of it there, or with none when the key is not there. */
    public <W> PairRdd<K, Joined<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other) {
        return leftOuterJoin(other, partitionerWith(other));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other, Partitioner partitioner) {
        return together(other, partitioner).flatMapValues(Joins.left());
    }

    /** Each value of a key there with each value of it here, or with none when the key is not here. */
    public <W> PairRdd<K, Joined<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other) {
        return rightOuterJoin(other, partitionerWith(other));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other, Partitioner partitioner) {
        return together(other, partitioner).flatMapValues(Joins.right());
    }

    /** Each value of a key here with each value of it there, and a key of one side only with none for the other. */
    public <W> PairRdd<K, Joined<Optional<V>, Optional<W>>> fullOuterJoin(PairRdd<K, W> other) {
        return fullOuterJoin(other, partitionerWith(other));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<Optional<V>, Optional<W>>> fullOuterJoin(
            PairRdd<K, W> other, Partitioner partitioner) {
        return together(other, partitioner).flatMapValues(Joins.full());
    }

    // ---- Where pairs are ----

    /** The same pairs, each where {@code partitioner} places its key; nothing moves when they are there already. */
    public PairRdd<K, V> partitionBy(Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.placed(this, partitioner));
    }

    /** The pairs in the upward order of their keys, in as many partitions as here. */
    public PairRdd<K, V> sortByKey() {
        return sortByKey(true);
    }

    /** The pairs in the order of their keys: upwards, or downwards when {@code ascending} is false. */
    public PairRdd<K, V> sortByKey(boolean ascending) {
        return sortByKey(ascending, Math.max(1, getNumPartitions()));
    }

    /** The same over that many partitions. Runs a job that samples the keys, so that partitions are about equal. */
    public PairRdd<K, V> sortByKey(boolean ascending, int partitions) {
        return sortByKey(Functions.natural(), ascending, partitions);
    }

    /** The same in the order that {@code comparator} gives the keys. */
    public PairRdd<K, V> sortByKey(SerializableComparator<K> comparator, boolean ascending, int partitions) {
        SerializableComparator<K> order = ascending ? comparator : Functions.reversed(comparator);
        return new PairRdd<>(session, Exchanges.sorted(this, order, partitions));
    }

    /** The pairs of this and then those of {@code other}; duplicates stay. */
    public PairRdd<K, V> union(PairRdd<K, V> other) {
        return new PairRdd<>(session, concatenated(other));
    }

    @Override
    public PairRdd<K, V> union(Rdd<Pair<K, V>> other) {
        return new PairRdd<>(session, concatenated(other));
    }

    @Override
    public PairRdd<K, V> distinct() {
        return distinct(getNumPartitions());
    }

    @Override
    public PairRdd<K, V> distinct(int partitions) {
        return new PairRdd<>(session, distinctLineage(partitions));
    }

    @Override
    public PairRdd<K, V> coalesce(int partitions) {
        return new PairRdd<>(session, Exchanges.coalesce(session, lineage, partitions));
    }

    @Override
    public PairRdd<K, V> repartition(int partitions) {
        return new PairRdd<>(session, Exchanges.spread(session, lineage, partitions));
    }

    @Override
    public PairRdd<K, V> setName(String value) {
        super.setName(value);
        return this;
    }

    // ---- Actions ----

    /** All pairs as a map in the order of {@link #collect}; of a key that is there more than once, the last. */
    public Map<K, V> collectAsMap() {
        Map<K, V> map = new LinkedHashMap<>();
        collect().forEach(pair -> map.put(pair.key(), pair.value()));
        return map;
    }

    /** How many values each key has. */
    public Map<K, Long> countByKey() {
        return mapValues(Functions.<V>one()).reduceByKey(Functions.sum()).collectAsMap();
    }

    /** All values of a key. Reads one partition only when keys were placed by a partitioner. */
    public List<V> lookup(K key) {
        return Actions.lookup(this, key);
    }

    /** What placed the keys, when it is known. */
    public Optional<Partitioner> getPartitioner() {
        return lineage.partitioner();
    }

    // ---- For the other classes of this package ----

    private Partitioner partitioner() {
        return lineage.partitioner().orElseGet(() -> new HashPartitioner(Math.max(1, getNumPartitions())));
    }

    /** Of two that are placed, the one over more partitions: then only the other moves. */
    private Partitioner partitionerWith(PairRdd<K, ?> other) {
        Optional<Partitioner> mine = lineage.partitioner();
        Optional<Partitioner> theirs = other.lineage.partitioner();
        int mineOver = mine.map(Partitioner::partitions).orElse(0);
        int theirsOver = theirs.map(Partitioner::partitions).orElse(0);
        return (mineOver >= theirsOver ? mine : theirs)
                .orElseGet(
                        () -> new HashPartitioner(Math.max(1, Math.max(getNumPartitions(), other.getNumPartitions()))));
    }

    private PairRdd<K, Iterable<?>[]> together(PairRdd<K, ?> other, Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.together(session, List.of(lineage, other.lineage), partitioner));
    }
}
