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
import io.raddle.plan.Sink;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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

    static <T> List<T> take(Rdd<T> rdd, int n) {
        List<T> taken = new ArrayList<>();
        int all = rdd.getNumPartitions();
        int round = 1;
        for (int next = 0; next < all && taken.size() < n; ) {
            int count = Math.min(round, all - next);
            int missing = n - taken.size();
            ActionFunction<T, List<T>> first = records -> firstOf(records, missing);
            for (List<T> part : each(rdd, listed(first), new Partitions(next, count))) {
                taken.addAll(part.subList(0, Math.min(part.size(), n - taken.size())));
            }
            next += count;
            round = next * GROWTH;
        }
        return taken;
    }

    static <T> List<T> takeOrdered(Rdd<T> rdd, int n, SerializableComparator<T> order) {
        if (n <= 0) {
            return List.of();
        }
        ActionFunction<T, List<T>> least = records -> leastOf(records, n, order);
        List<T> candidates = new ArrayList<>();
        each(rdd, least).forEach(candidates::addAll);
        return leastOf(candidates.iterator(), n, order);
    }

    static <T> void foreachPartition(Rdd<T> rdd, VoidFunction<Iterator<T>> function) {
        ActionFunction<T, Boolean> each = records -> {
            function.call(records);
            return true;
        };
        each(rdd, each);
    }

    static <K, V> List<V> lookup(PairRdd<K, V> pairs, K key) {
        ActionFunction<Pair<K, V>, List<V>> matching = records -> {
            List<V> values = new ArrayList<>();
            records.forEachRemaining(pair -> {
                if (Objects.equals(pair.key(), key)) {
                    values.add(pair.value());
                }
            });
            return values;
        };
        Partitions where = pairs.getPartitioner()
                .map(partitioner -> new Partitions(partitioner.partition(key), 1))
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
        save(rdd, rdd.session.engine().output(path), new Sink.Files(path, codec, rdd.session.hadoop().entries()));
    }

    static void save(Rdd<?> rdd, JobOutput output, Sink sink) {
        output.setUp();
        boolean done = false;
        try (JobRun job = rdd.session.engine().start(JobRequest.whole(rdd.lineage, sink, site()))) {
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
    @SuppressWarnings("unchecked")
    private static <T, R> List<R> each(Rdd<?> rdd, ActionFunction<T, R> function, Partitions partitions) {
        CallSite site = CallSite.here();
        @Nullable Object[] values = new Object[partitions.count()];
        RecordFormat format = rdd.session.engine().records();
        Sink sink = new Sink.Value(rdd.session.freeze(function, site));
        try (JobRun job = rdd.session.engine().start(new JobRequest(rdd.lineage, partitions, sink, site.toString()))) {
            drain(
                    job,
                    part -> values[part.partition() - partitions.first()] =
                            format.fromBytes(part.value().toByteArray()));
        }
        return (List<R>) Collections.unmodifiableList(Arrays.asList(values));
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

    private static <T> List<T> reduced(Iterator<T> records, Function2<T, T, T> function) throws Exception {
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
        PriorityQueue<T> greatestFirst = new PriorityQueue<>(Functions.reversed(order));
        while (records.hasNext()) {
            T next = records.next();
            if (greatestFirst.size() < n) {
                greatestFirst.add(next);
            } else if (order.compare(next, greatestFirst.element()) < 0) {
                greatestFirst.remove();
                greatestFirst.add(next);
            }
        }
        List<T> least = new ArrayList<>(greatestFirst);
        least.sort(order);
        return least;
    }

    /** User code that runs here, so that what it throws reaches its own program as it is when it can. */
    private static <R> R onCaller(Callable<R> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
