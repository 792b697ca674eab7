package io.raddle;

import io.raddle.closure.CallSite;
import io.raddle.function.ActionFunction;
import io.raddle.function.Function2;
import io.raddle.function.Pair;
import io.raddle.function.SerializableComparator;
import io.raddle.function.VoidFunction;
import io.raddle.io.JobOutput;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRequest.Partitions;
import io.raddle.plan.JobRun;
import io.raddle.plan.JobRun.PartitionValue;
import io.raddle.plan.Lineage;
import io.raddle.plan.Sink;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.serde.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How actions run: a function over each partition in executors, its values merged on the caller's thread. */
final class Actions {
    /** How many times more partitions each round of take reads than all rounds before it. */
    private static final int GROWTH = 4;

    private Actions() {}

    static <T> List<T> collect(Rdd<T> rdd) {
        List<T> all = new ArrayList<>();
        each(rdd, Actions.<T, T>listed(Functions::listOf)).forEach(all::addAll);
        return all;
    }

    static <T> long count(Rdd<T> rdd) {
        return each(rdd, Actions.<T>counter()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    static <T> Optional<T> reduce(Rdd<T> rdd, Function2<T, T, T> function) {
        ActionFunction<T, List<T>> within = records -> reduced(records, function);
        List<T> partial = new ArrayList<>();
        each(rdd, within).forEach(partial::addAll);
        return onCaller(() -> reduced(partial.iterator(), function)).stream().findFirst();
    }

    /** Each partition begins with a zero of its own, so that it may be changed in place. */
    static <T, U> U aggregate(Rdd<T> rdd, U zero, Function2<U, T, U> within, Function2<U, U, U> across) {
        byte[] encoded = rdd.session.engine().records().toBytes(zero);
        ActionFunction<T, U> each = records -> {
            U value = Functions.copy(encoded);
            while (records.hasNext()) {
                value = within.call(value, records.next());
            }
            return value;
        };
        List<U> values = each(rdd, each);
        return onCaller(() -> {
            U value = Functions.copy(encoded);
            for (U next : values) {
                value = across.call(value, next);
            }
            return value;
        });
    }

    /** Values folded into a zero of their own, on the caller's thread. */
    static <U> U fold(Rdd<U> values, byte[] zero, Function2<U, U, U> across) {
        List<U> all = collect(values);
        return onCaller(() -> {
            U value = Functions.copy(zero);
            for (U next : all) {
                value = across.call(value, next);
            }
            return value;
        });
    }

    /** The values of each key folded in each partition, and what partitions gave on the caller's thread. */
    static <K, V> Map<K, V> reduceByKey(PairRdd<K, V> pairs, Function2<V, V, V> function) {
        ActionFunction<Pair<K, V>, LinkedHashMap<K, V>> within = records -> {
            LinkedHashMap<K, V> values = new LinkedHashMap<>();
            while (records.hasNext()) {
                Pair<K, V> next = records.next();
                fold(values, Arguments.key(next.key()), next.value(), function);
            }
            return values;
        };
        List<LinkedHashMap<K, V>> parts = each(pairs, within);
        return onCaller(() -> {
            Map<K, V> all = new LinkedHashMap<>();
            for (Map<K, V> part : parts) {
                for (Map.Entry<K, V> next : part.entrySet()) {
                    fold(all, next.getKey(), next.getValue(), function);
                }
            }
            return all;
        });
    }

    private static <K, V> void fold(Map<K, V> values, K key, V value, Function2<V, V, V> function) throws Exception {
        values.put(key, values.containsKey(key) ? function.call(values.get(key), value) : value);
    }

    /** The records of some partitions, in the order that they are named. */
    static <T> List<List<T>> partitions(Rdd<T> rdd, int[] partitions) {
        List<PartitionGroup> groups = new ArrayList<>();
        for (int partition : partitions) {
            if (partition < 0 || partition >= rdd.getNumPartitions()) {
                throw Arguments.refused(
                        "Partition " + partition + " was asked for of an Rdd of " + rdd.getNumPartitions()
                                + " partitions.",
                        "Ask for partitions from 0 to " + (rdd.getNumPartitions() - 1) + ".");
            }
            groups.add(PartitionGroup.newBuilder().addPartitions(partition).build());
        }
        Lineage some = rdd.lineage.regroup(rdd.session.origin(CallSite.here()), groups);
        PreparedAction<List<T>> lists = lists(new Rdd<T>(rdd.session, some));
        return lists.values(lists.all());
    }

    /** The records one partition after the other: the next one's job starts when those of the last are taken. */
    static <T> Iterator<T> iterator(Rdd<T> rdd) {
        PreparedAction<List<T>> lists = lists(rdd);
        int partitions = rdd.getNumPartitions();
        return new Iterator<>() {
            private int next;
            private Iterator<T> records = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!records.hasNext() && next < partitions) {
                    records = lists.values(new Partitions(next++, 1)).get(0).iterator();
                }
                return records.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return records.next();
            }
        };
    }

    static <T> List<T> take(Rdd<T> rdd, int n) {
        PreparedAction<List<T>> first = first(rdd, n);
        return take(first.all(), n, first::values);
    }

    /** The first records of each partition. */
    static <T> PreparedAction<List<T>> first(Rdd<T> rdd, int n) {
        Arguments.notNegative(n, "records");
        ActionFunction<T, List<T>> first = records -> firstOf(records, n);
        return PreparedAction.of(rdd, listed(first));
    }

    /** Asks for more and more partitions until there are {@code n} records. */
    static <T> List<T> take(Partitions all, int n, Function<Partitions, List<List<T>>> first) {
        List<T> taken = new ArrayList<>();
        int round = 1;
        for (int next = 0; next < all.count() && taken.size() < n; ) {
            int count = Math.min(round, all.count() - next);
            for (List<T> part : first.apply(new Partitions(next, count))) {
                taken.addAll(part.subList(0, Math.min(part.size(), n - taken.size())));
            }
            next += count;
            round = next * GROWTH;
        }
        return taken;
    }

    /** All records of each partition. */
    static <T> PreparedAction<List<T>> lists(Rdd<T> rdd) {
        return PreparedAction.of(rdd, Actions.<T, T>listed(Functions::listOf));
    }

    /** How many records each partition has. */
    static <T> PreparedAction<Long> counts(Rdd<T> rdd) {
        return PreparedAction.of(rdd, Actions.<T>counter());
    }

    static <T> List<T> takeOrdered(Rdd<T> rdd, int n, SerializableComparator<T> order) {
        if (Arguments.notNegative(n, "records") == 0) {
            return new ArrayList<>();
        }
        ActionFunction<T, List<T>> least = records -> leastOf(records, n, order);
        List<T> candidates = new ArrayList<>();
        each(rdd, least).forEach(candidates::addAll);
        return leastOf(candidates.iterator(), n, order);
    }

    static <T> void foreachPartition(Rdd<T> rdd, VoidFunction<Iterator<T>> function) {
        calls(rdd, function).values(new Partitions(0, rdd.getNumPartitions()));
    }

    /** A call of {@code function} for each partition. */
    static <T> PreparedAction<Boolean> calls(Rdd<T> rdd, VoidFunction<Iterator<T>> function) {
        ActionFunction<T, Boolean> each = records -> {
            function.call(records);
            return true;
        };
        return PreparedAction.of(rdd, each);
    }

    static <K, V> List<V> lookup(PairRdd<K, V> pairs, K key) {
        // As a record, since a key need not be Serializable.
        byte[] encoded = pairs.session.engine().records().toBytes(key);
        ActionFunction<Pair<K, V>, List<V>> matching = records -> {
            K wanted = Functions.copy(encoded);
            List<V> values = new ArrayList<>();
            records.forEachRemaining(pair -> {
                if (Objects.equals(pair.key(), wanted)) {
                    values.add(pair.value());
                }
            });
            return values;
        };
        Partitions where = pairs.partitioner()
                .map(partitioner -> new Partitions(Arguments.placed(partitioner, key), 1))
                .orElseGet(() -> new Partitions(0, pairs.getNumPartitions()));
        List<V> found = new ArrayList<>();
        each(pairs, matching, where).forEach(found::addAll);
        return found;
    }

    /** Where each partition begins when records are counted through. */
    static long[] startsOf(Rdd<?> rdd) {
        int partitions = rdd.getNumPartitions();
        long[] starts = new long[partitions];
        if (partitions > 1) {
            List<Long> counts = each(rdd, counter(), new Partitions(0, partitions - 1));
            for (int i = 1; i < partitions; i++) {
                starts[i] = starts[i - 1] + counts.get(i - 1);
            }
        }
        return starts;
    }

    static void save(Rdd<?> rdd, String path, String codec) {
        save(
                rdd,
                rdd.session.engine().output(path),
                new Sink.Files(path, codec, rdd.session.hadoop().entries()));
    }

    static void save(Rdd<?> rdd, JobOutput output, Sink sink) {
        output.setUp();
        boolean done = false;
        try (JobRun job = rdd.session.start(JobRequest.whole(rdd.lineage, sink, site()))) {
            drain(job, value -> {});
            output.commit();
            done = true;
        } finally {
            if (!done) {
                output.abort();
            }
        }
    }

    static <T, R> List<R> each(Rdd<T> rdd, ActionFunction<T, R> function) {
        return each(rdd, function, new Partitions(0, rdd.getNumPartitions()));
    }

    /** What {@code function} makes of each partition, in their order. */
    private static <T, R> List<R> each(Rdd<?> rdd, ActionFunction<T, R> function, Partitions partitions) {
        return PreparedAction.<T, R>of(rdd, function).values(partitions);
    }

    private static void drain(JobRun job, Consumer<PartitionValue> taker) {
        Optional<PartitionValue> value = job.next();
        while (value.isPresent()) {
            taker.accept(value.get());
            value = job.next();
        }
    }

    /** The same with its list sent record by record, which is faster than as an object of the user. */
    @SuppressWarnings("unchecked") // a Sequence is read back as a List
    private static <T, R> ActionFunction<T, List<R>> listed(ActionFunction<T, List<R>> function) {
        ActionFunction<T, Sequence> sent = records -> new Listed(function.call(records));
        return (ActionFunction<T, List<R>>) (ActionFunction<T, ?>) sent;
    }

    /** A list as a sequence. */
    private record Listed(List<?> list) implements Sequence {
        @Override
        public long count() {
            return list.size();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Iterator<@Nullable Object> iterator() {
            return (Iterator<@Nullable Object>) list.iterator();
        }
    }

    private static String site() {
        return CallSite.here().toString();
    }

    private static <T> ActionFunction<T, Long> counter() {
        return records -> {
            long count = 0;
            for (; records.hasNext(); records.next()) {
                count++;
            }
            return count;
        };
    }

    static <T> List<T> reduced(Iterator<T> records, Function2<T, T, T> function) throws Exception {
        if (!records.hasNext()) {
            return List.of();
        }
        T value = records.next();
        while (records.hasNext()) {
            value = function.call(value, records.next());
        }
        return Collections.singletonList(value);
    }

    private static <T> List<T> firstOf(Iterator<T> records, int n) {
        List<T> first = new ArrayList<>();
        while (first.size() < n && records.hasNext()) {
            first.add(records.next());
        }
        return first;
    }

    private static <T> List<T> leastOf(Iterator<T> records, int n, SerializableComparator<T> order) {
        return Ordering.leastOf(records, n, order);
    }

    /** User code that runs here, so that what it throws reaches its own program as it is when it can. */
    static <R> R onCaller(Callable<R> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
