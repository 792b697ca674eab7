package io.raddle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.ActionFunction;
import io.raddle.plan.JobRun;
import io.raddle.plan.JobRun.PartitionValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

/**
 * Actions that answer when their time is up from the partitions that were read by then, which count as a fair sample of
 * all. The rest is not read.
 */
final class Approximate {
    private Approximate() {}

    /** What some of so many partitions gave. */
    private record Some<R>(List<R> values, int of) {
        boolean isAll() {
            return values.size() == of;
        }
    }

    static Estimate count(Rdd<?> rdd, long timeoutMillis, double confidence) {
        Arguments.confidence(confidence);
        Some<Long> counts = within(Actions.counts(rdd), timeoutMillis);
        return total(counts, Long::doubleValue, Least.OF_EACH, confidence);
    }

    static <T> Map<T, Estimate> countByValue(Rdd<T> rdd, long timeoutMillis, double confidence) {
        Arguments.confidence(confidence);
        ActionFunction<T, HashMap<T, Long>> counter = records -> {
            HashMap<T, Long> counts = new HashMap<>();
            records.forEachRemaining(record -> counts.merge(Arguments.key(record), 1L, Long::sum));
            return counts;
        };
        Some<HashMap<T, Long>> some = within(PreparedAction.of(rdd, counter), timeoutMillis);
        Set<T> values = new HashSet<>();
        some.values().forEach(part -> values.addAll(part.keySet()));
        Map<T, Estimate> estimates = new HashMap<>();
        values.forEach(value ->
                estimates.put(value, total(some, part -> part.getOrDefault(value, 0L), Least.OF_EACH, confidence)));
        return estimates;
    }

    static Estimate sum(DoubleRdd rdd, long timeoutMillis, double confidence) {
        Arguments.confidence(confidence);
        Some<double[]> some = within(PreparedAction.of(rdd, Statistics.summer()), timeoutMillis);
        return total(some, part -> part[0] + part[1], Least.NONE, confidence);
    }

    static Estimate mean(DoubleRdd rdd, long timeoutMillis, double confidence) {
        Arguments.confidence(confidence);
        Some<StatCounter> some = within(PreparedAction.of(rdd, Statistics.collector()), timeoutMillis);
        StatCounter all = some.values().stream().reduce(StatCounter.EMPTY, StatCounter::merge);
        if (some.isAll()) {
            return Estimate.exactly(all.mean());
        }
        if (all.count() < 2) {
            return unknown(all.mean(), Double.NEGATIVE_INFINITY);
        }
        double error = Math.sqrt(all.sampleVariance() / all.count());
        return Estimate.around(all.mean(), error, (double) (all.count() - 1), confidence);
    }

    /** Whether what partitions give is never below 0, so that all give no less than some. */
    private enum Least {
        OF_EACH,
        NONE
    }

    /**
     * Estimates a sum over all partitions from some of them, with the correction for a finite number. Where each gave
     * about the same, the spread that counts of independent events have anyway stands in for the one that was seen.
     */
    private static <R> Estimate total(Some<R> some, ToDoubleFunction<R> each, Least least, double confidence) {
        double sum = some.values().stream().mapToDouble(each).sum();
        if (some.isAll()) {
            return Estimate.exactly(sum);
        }
        StatCounter seen = Statistics.of(some.values().stream().mapToDouble(each));
        double floor = least == Least.OF_EACH ? sum : Double.NEGATIVE_INFINITY;
        double mean = seen.count() == 0 ? 0 : seen.mean() * some.of();
        if (seen.count() < 2) {
            return unknown(mean, floor);
        }
        double variance = seen.sampleVariance();
        double spread = least == Least.OF_EACH ? Math.max(variance, seen.mean()) : variance;
        double missing = 1 - (double) seen.count() / some.of();
        double error = some.of() * Math.sqrt(spread / seen.count() * missing);
        return Estimate.around(mean, error, (double) (seen.count() - 1), confidence)
                .noLessThan(floor);
    }

    /** Too little was read to say how far off it may be. */
    private static Estimate unknown(double mean, double least) {
        double known = Double.isNaN(mean) ? 0 : mean;
        return new Estimate(known, 0, least, Double.POSITIVE_INFINITY);
    }

    private static <R> Some<R> within(PreparedAction<R> action, long timeoutMillis) {
        if (timeoutMillis < 0) {
            throw Arguments.refused(
                    "An estimate was asked for within " + timeoutMillis + " milliseconds.", "Give 0 or more.");
        }
        List<R> values = new ArrayList<>();
        AtomicBoolean isTimeUp = new AtomicBoolean();
        try (JobRun job = action.start(action.all())) {
            Executor later = CompletableFuture.delayedExecutor(timeoutMillis, TimeUnit.MILLISECONDS);
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    () -> {
                        isTimeUp.set(true);
                        job.cancel("the time limit of an estimate");
                    },
                    later);
            try {
                Optional<PartitionValue> next = job.next();
                while (next.isPresent()) {
                    values.add(action.value(next.get()));
                    next = job.next();
                }
            } catch (RaddleException e) {
                if (!(e.fault() instanceof Cause.Cancelled && isTimeUp.get())) {
                    throw e;
                }
            } finally {
                limit.cancel(false);
            }
        }
        return new Some<>(values, action.all().count());
    }
}
