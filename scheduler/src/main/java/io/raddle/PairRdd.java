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
import java.util.ArrayList;
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
 * over {@code raddle.default.parallelism} partitions, or where that is not set over as many as its largest input has. A
 * placement over a tenth or less of the partitions of the largest input, and over fewer than are due, is not taken.
 */
public final class PairRdd<K, V> extends Rdd<Pair<K, V>> {
    PairRdd(Session session, Lineage lineage) {
        super(session, lineage);
    }

    // ---- How it is kept ----

    @Override
    public PairRdd<K, V> cache() {
        super.cache();
        return this;
    }

    @Override
    public PairRdd<K, V> persist() {
        super.persist();
        return this;
    }

    @Override
    public PairRdd<K, V> persist(StorageLevel level) {
        super.persist(level);
        return this;
    }

    @Override
    public PairRdd<K, V> unpersist() {
        super.unpersist();
        return this;
    }

    @Override
    public PairRdd<K, V> unpersist(boolean blocking) {
        super.unpersist(blocking);
        return this;
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
    public void saveAsSequenceFile(String path, Class<?> key, Class<?> value, Class<? extends CompressionCodec> codec) {
        Outputs.sequence(this, path, key, value, Optional.of(codec.getName()));
    }

    /**
     * Writes the pairs through an OutputFormat of the old API to a new directory. Where a class is a Writable, records of
     * its Java class become it.
     */
    public void saveAsHadoopFile(
            String path,
            Class<?> key,
            Class<?> value,
            @SuppressWarnings("rawtypes") Class<? extends OutputFormat> format) {
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
            String path,
            Class<?> key,
            Class<?> value,
            @SuppressWarnings("rawtypes") Class<? extends OutputFormat> format,
            JobConf job) {
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
        return combineByKey(Aggregator.of(createCombiner, mergeValue, mergeCombiners), defaultPartitioner());
    }

    /** The same over that many partitions. */
    public <C> PairRdd<K, C> combineByKey(
            Function<V, C> createCombiner,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            int partitions) {
        return combineByKey(Aggregator.of(createCombiner, mergeValue, mergeCombiners), new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <C> PairRdd<K, C> combineByKey(
            Function<V, C> createCombiner,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner) {
        return combineByKey(Aggregator.of(createCombiner, mergeValue, mergeCombiners), partitioner);
    }

    /** One combiner for each key, where {@code partitioner} places it. */
    public <C> PairRdd<K, C> combineByKey(Aggregator<V, C> aggregator, Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.combined(this, aggregator, partitioner));
    }

    /** The values of each key folded by an associative and commutative function. */
    public PairRdd<K, V> reduceByKey(Function2<V, V, V> function) {
        return reduceByKey(defaultPartitioner(), function);
    }

    /** The same over that many partitions. */
    public PairRdd<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        return reduceByKey(new HashPartitioner(partitions), function);
    }

    /** The same where {@code partitioner} places the keys. */
    public PairRdd<K, V> reduceByKey(Partitioner partitioner, Function2<V, V, V> function) {
        return combineByKey(Aggregator.reducing(function), partitioner);
    }

    /** The values of each key folded into {@code zero}, which must be neutral. */
    public PairRdd<K, V> foldByKey(V zero, Function2<V, V, V> function) {
        return aggregateByKey(zero, function, function);
    }

    /** The same over that many partitions. */
    public PairRdd<K, V> foldByKey(V zero, int partitions, Function2<V, V, V> function) {
        return aggregateByKey(zero, partitions, function, function);
    }

    /** The same where {@code partitioner} places the keys. */
    public PairRdd<K, V> foldByKey(V zero, Partitioner partitioner, Function2<V, V, V> function) {
        return aggregateByKey(zero, partitioner, function, function);
    }

    /** The values of each key folded into {@code zero}, which must be neutral, and such results folded by another. */
    public <U> PairRdd<K, U> aggregateByKey(U zero, Function2<U, V, U> within, Function2<U, U, U> across) {
        return aggregateByKey(zero, defaultPartitioner(), within, across);
    }

    /** The same over that many partitions. */
    public <U> PairRdd<K, U> aggregateByKey(
            U zero, int partitions, Function2<U, V, U> within, Function2<U, U, U> across) {
        return aggregateByKey(zero, new HashPartitioner(partitions), within, across);
    }

    /** The same where {@code partitioner} places the keys. */
    public <U> PairRdd<K, U> aggregateByKey(
            U zero, Partitioner partitioner, Function2<U, V, U> within, Function2<U, U, U> across) {
        return combineByKey(Functions.from(session.engine().records().toBytes(zero), within, across), partitioner);
    }

    /** All values of each key. They need not fit in memory, but to fold them {@link #reduceByKey} moves far less. */
    public PairRdd<K, Iterable<V>> groupByKey() {
        return groupByKey(defaultPartitioner());
    }

    /** The same over that many partitions. */
    public PairRdd<K, Iterable<V>> groupByKey(int partitions) {
        return groupByKey(new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public PairRdd<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.grouped(this, partitioner));
    }

    /** {@link #countApproxDistinctByKey(double, Partitioner)} where the keys are placed already, or by hash. */
    public PairRdd<K, Long> countApproxDistinctByKey(double relativeSD) {
        return countApproxDistinctByKey(relativeSD, defaultPartitioner());
    }

    /** The same over that many partitions. */
    public PairRdd<K, Long> countApproxDistinctByKey(double relativeSD, int partitions) {
        return countApproxDistinctByKey(relativeSD, new HashPartitioner(partitions));
    }

    /** About how many different values each key has; see {@link #countApproxDistinct}. */
    public PairRdd<K, Long> countApproxDistinctByKey(double relativeSD, Partitioner partitioner) {
        return combineByKey(HyperLogLog.of(relativeSD), partitioner).mapValues(HyperLogLog::estimate);
    }

    /** A sample with a seed of its own; see {@link #sampleByKey(boolean, Map, long)}. */
    public PairRdd<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions) {
        return sampleByKey(withReplacement, fractions, Seeding.fresh());
    }

    /** A {@link #sample} of each key by its own fraction. A key without one is an error of the task that meets it. */
    public PairRdd<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions, long seed) {
        return new PairRdd<>(session, Sampling.byKey(this, withReplacement, fractions, seed));
    }

    /** A sample with a seed of its own; see {@link #sampleByKeyExact(boolean, Map, long)}. */
    public PairRdd<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions) {
        return sampleByKeyExact(withReplacement, fractions, Seeding.fresh());
    }

    /**
     * Of each key its fraction of pairs, rounded up to a whole number. Runs a job that counts the keys now; a key without a
     * fraction is refused.
     */
    public PairRdd<K, V> sampleByKeyExact(boolean withReplacement, Map<K, Double> fractions, long seed) {
        return new PairRdd<>(session, Sampling.byKeyExactly(this, withReplacement, fractions, seed));
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
        return together(List.of(other), partitioner).mapValues(Functions.grouped());
    }

    /** The values of each key in three. */
    public <A, B> PairRdd<K, Grouped3<V, A, B>> cogroup(PairRdd<K, A> second, PairRdd<K, B> third) {
        return cogroup(second, third, partitionerWith(second, third));
    }

    /** The same over that many partitions. */
    public <A, B> PairRdd<K, Grouped3<V, A, B>> cogroup(PairRdd<K, A> second, PairRdd<K, B> third, int partitions) {
        return cogroup(second, third, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <A, B> PairRdd<K, Grouped3<V, A, B>> cogroup(
            PairRdd<K, A> second, PairRdd<K, B> third, Partitioner partitioner) {
        return together(List.of(second, third), partitioner).mapValues(Functions.grouped3());
    }

    /** The values of each key in four. */
    public <A, B, C> PairRdd<K, Grouped4<V, A, B, C>> cogroup(
            PairRdd<K, A> second, PairRdd<K, B> third, PairRdd<K, C> fourth) {
        return cogroup(second, third, fourth, partitionerWith(second, third, fourth));
    }

    /** The same over that many partitions. */
    public <A, B, C> PairRdd<K, Grouped4<V, A, B, C>> cogroup(
            PairRdd<K, A> second, PairRdd<K, B> third, PairRdd<K, C> fourth, int partitions) {
        return cogroup(second, third, fourth, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <A, B, C> PairRdd<K, Grouped4<V, A, B, C>> cogroup(
            PairRdd<K, A> second, PairRdd<K, B> third, PairRdd<K, C> fourth, Partitioner partitioner) {
        return together(List.of(second, third, fourth), partitioner).mapValues(Functions.grouped4());
    }

    /** Another name of {@link #cogroup(PairRdd)}. */
    public <W> PairRdd<K, Grouped<V, W>> groupWith(PairRdd<K, W> other) {
        return cogroup(other);
    }

    /** Another name of {@link #cogroup(PairRdd, PairRdd)}. */
    public <A, B> PairRdd<K, Grouped3<V, A, B>> groupWith(PairRdd<K, A> second, PairRdd<K, B> third) {
        return cogroup(second, third);
    }

    /** Another name of {@link #cogroup(PairRdd, PairRdd, PairRdd)}. */
    public <A, B, C> PairRdd<K, Grouped4<V, A, B, C>> groupWith(
            PairRdd<K, A> second, PairRdd<K, B> third, PairRdd<K, C> fourth) {
        return cogroup(second, third, fourth);
    }

    /** The pairs here whose key is not there; what is here twice stays twice. */
    public <W> PairRdd<K, V> subtractByKey(PairRdd<K, W> other) {
        return subtractByKey(other, defaultPartitioner());
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, V> subtractByKey(PairRdd<K, W> other, int partitions) {
        return subtractByKey(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, V> subtractByKey(PairRdd<K, W> other, Partitioner partitioner) {
        return together(List.of(other), partitioner).flatMapValues(Functions.onlyHere());
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
        return together(List.of(other), partitioner).flatMapValues(Joins.inner());
    }

    /** Each value of a key here with each value of it there, or with none when the key is not there. */
    public <W> PairRdd<K, Joined<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other) {
        return leftOuterJoin(other, partitionerWith(other));
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, Joined<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other, int partitions) {
        return leftOuterJoin(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other, Partitioner partitioner) {
        return together(List.of(other), partitioner).flatMapValues(Joins.left());
    }

    /** Each value of a key there with each value of it here, or with none when the key is not here. */
    public <W> PairRdd<K, Joined<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other) {
        return rightOuterJoin(other, partitionerWith(other));
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, Joined<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other, int partitions) {
        return rightOuterJoin(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other, Partitioner partitioner) {
        return together(List.of(other), partitioner).flatMapValues(Joins.right());
    }

    /** Each value of a key here with each value of it there, and a key of one side only with none for the other. */
    public <W> PairRdd<K, Joined<Optional<V>, Optional<W>>> fullOuterJoin(PairRdd<K, W> other) {
        return fullOuterJoin(other, partitionerWith(other));
    }

    /** The same over that many partitions. */
    public <W> PairRdd<K, Joined<Optional<V>, Optional<W>>> fullOuterJoin(PairRdd<K, W> other, int partitions) {
        return fullOuterJoin(other, new HashPartitioner(partitions));
    }

    /** The same where {@code partitioner} places the keys. */
    public <W> PairRdd<K, Joined<Optional<V>, Optional<W>>> fullOuterJoin(
            PairRdd<K, W> other, Partitioner partitioner) {
        return together(List.of(other), partitioner).flatMapValues(Joins.full());
    }

    // ---- Where pairs are ----

    /** The same pairs, each where {@code partitioner} places its key; nothing moves when they are there already. */
    public PairRdd<K, V> partitionBy(Partitioner partitioner) {
        return new PairRdd<>(session, Exchanges.placed(this, partitioner));
    }

    /** {@link #partitionBy} with the pairs of each partition in the upward order of their keys. */
    public PairRdd<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner) {
        return repartitionAndSortWithinPartitions(partitioner, Functions.natural());
    }

    /** {@link #partitionBy} with the pairs of each partition in the order that {@code comparator} gives their keys. */
    public PairRdd<K, V> repartitionAndSortWithinPartitions(
            Partitioner partitioner, SerializableComparator<K> comparator) {
        return new PairRdd<>(session, Exchanges.placedInOrder(this, partitioner, comparator));
    }

    /** The pairs whose keys lie between two, these included, by their natural order. */
    public PairRdd<K, V> filterByRange(K lower, K upper) {
        return filterByRange(lower, upper, Functions.natural());
    }

    /**
     * The pairs whose keys lie between two, these included, by {@code comparator}. Where the pairs were sorted by that
     * comparator, upwards, only the partitions between the two are read.
     */
    public PairRdd<K, V> filterByRange(K lower, K upper, SerializableComparator<K> comparator) {
        return new PairRdd<>(session, KeyRanges.between(this, lower, upper, comparator));
    }

    /**
     * The pairs in the upward order of their keys, in {@code raddle.default.parallelism} partitions, or where that is not
     * set in as many as here. Spark leaves its setting out of account here; one key that holds for every shuffle is easier
     * to reckon with.
     */
    public PairRdd<K, V> sortByKey() {
        return sortByKey(true);
    }

    /** The pairs in the order of their keys: upwards, or downwards when {@code ascending} is false. */
    public PairRdd<K, V> sortByKey(boolean ascending) {
        return sortByKey(ascending, DefaultPlacement.partitions(session, lineage));
    }

    /** The same in the order that {@code comparator} gives the keys. */
    public PairRdd<K, V> sortByKey(SerializableComparator<K> comparator) {
        return sortByKey(comparator, true);
    }

    /** The pairs in the order that {@code comparator} gives the keys, or the opposite. */
    public PairRdd<K, V> sortByKey(SerializableComparator<K> comparator, boolean ascending) {
        return sortByKey(comparator, ascending, DefaultPlacement.partitions(session, lineage));
    }

    /** The same over that many partitions. Runs a job that samples the keys, so that partitions are about equal. */
    public PairRdd<K, V> sortByKey(boolean ascending, int partitions) {
        return sortByKey(Functions.natural(), ascending, partitions);
    }

    /** The same in the order that {@code comparator} gives the keys. */
    public PairRdd<K, V> sortByKey(SerializableComparator<K> comparator, boolean ascending, int partitions) {
        SerializableComparator<K> order = ascending ? comparator : comparator.reversed();
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
        return distinct(DefaultPlacement.partitions(session, lineage));
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
    public PairRdd<K, V> coalesce(int partitions, boolean shuffle) {
        return shuffle ? repartition(partitions) : coalesce(partitions);
    }

    @Override
    public PairRdd<K, V> sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, Seeding.fresh());
    }

    @Override
    public PairRdd<K, V> sample(boolean withReplacement, double fraction, long seed) {
        return new PairRdd<>(session, Sampling.sample(this, withReplacement, fraction, seed));
    }

    @Override
    public PairRdd<K, V> intersection(Rdd<Pair<K, V>> other) {
        return intersection(other, DefaultPlacement.partitions(session, List.of(lineage, other.lineage)));
    }

    @Override
    public PairRdd<K, V> intersection(Rdd<Pair<K, V>> other, int partitions) {
        return intersection(other, new HashPartitioner(partitions));
    }

    @Override
    public PairRdd<K, V> intersection(Rdd<Pair<K, V>> other, Partitioner partitioner) {
        return new PairRdd<>(session, intersectionLineage(other, partitioner));
    }

    @Override
    public PairRdd<K, V> subtract(Rdd<Pair<K, V>> other) {
        return subtract(other, DefaultPlacement.partitions(session, lineage));
    }

    @Override
    public PairRdd<K, V> subtract(Rdd<Pair<K, V>> other, int partitions) {
        return subtract(other, new HashPartitioner(partitions));
    }

    @Override
    public PairRdd<K, V> subtract(Rdd<Pair<K, V>> other, Partitioner partitioner) {
        return new PairRdd<>(session, subtractLineage(other, partitioner));
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

    /** {@link #countByKeyApprox(long, double)} with a confidence of 0.95. */
    public Map<K, Estimate> countByKeyApprox(long timeoutMillis) {
        return countByKeyApprox(timeoutMillis, 0.95);
    }

    /** About how many values each key has, of those in the partitions that are read after that many milliseconds. */
    public Map<K, Estimate> countByKeyApprox(long timeoutMillis, double confidence) {
        return keys().countByValueApprox(timeoutMillis, confidence);
    }

    /** {@link #reduceByKey} in each partition, and in the driver over all of them: for few keys, without a shuffle. */
    public Map<K, V> reduceByKeyLocally(Function2<V, V, V> function) {
        return Actions.reduceByKey(this, function);
    }

    // ---- For the other classes of this package ----

    private Partitioner defaultPartitioner() {
        return DefaultPlacement.of(session, List.of(lineage));
    }

    @SafeVarargs
    private Partitioner partitionerWith(PairRdd<K, ?>... others) {
        List<Lineage> inputs = new ArrayList<>();
        inputs.add(lineage);
        for (PairRdd<K, ?> other : others) {
            inputs.add(other.lineage);
        }
        return DefaultPlacement.of(session, inputs);
    }

    PairRdd<K, Iterable<?>[]> together(List<PairRdd<K, ?>> others, Partitioner partitioner) {
        List<Lineage> inputs = new ArrayList<>();
        inputs.add(lineage);
        others.forEach(other -> inputs.add(other.lineage));
        return new PairRdd<>(session, Exchanges.together(session, inputs, partitioner));
    }
}
