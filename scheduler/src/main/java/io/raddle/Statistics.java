package io.raddle;

import io.raddle.function.ActionFunction;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;

/** Sums and moments of numbers, collected in one pass. */
final class Statistics {
    private Statistics() {}

    static ActionFunction<Double, StatCounter> collector() {
        return Statistics::of;
    }

    static StatCounter of(DoubleStream numbers) {
        PrimitiveIterator.OfDouble each = numbers.iterator();
        return of(each);
    }

    /** Moments by Welford's recurrence. */
    static StatCounter of(Iterator<Double> numbers) {
        long count = 0;
        double mean = 0;
        double squares = 0;
        double max = Double.NEGATIVE_INFINITY;
        double min = Double.POSITIVE_INFINITY;
        while (numbers.hasNext()) {
            double number = numbers.next();
            count++;
            double apart = number - mean;
            mean += apart / count;
            squares += apart * (number - mean);
            max = Math.max(max, number);
            min = Math.min(min, number);
        }
        return count == 0 ? StatCounter.EMPTY : new StatCounter(count, mean, squares, max, min);
    }

    /** The sum of each partition and what rounding took from it. */
    static ActionFunction<Double, double[]> summer() {
        return numbers -> {
            double[] sum = new double[2];
            while (numbers.hasNext()) {
                add(sum, numbers.next());
            }
            return sum;
        };
    }

    /** Adds with the rounding error kept beside the sum (Neumaier 1974), so that the order of numbers matters little. */
    static void add(double[] sum, double number) {
        double next = sum[0] + number;
        if (Double.isFinite(next)) {
            sum[1] += Math.abs(sum[0]) >= Math.abs(number) ? sum[0] - next + number : number - next + sum[0];
        }
        sum[0] = next;
    }
}
